// Whether a gateway's answer says that it takes the text: by its status, and by what it says, since some answer 200 to everything. Pure.

export interface SuccessRule {
  /** Default: any from 200 to 299. */
  readonly status: readonly number[] | undefined;
  readonly bodyContains: string | undefined;
  /** What stands in a JSON answer: names and positions with dots between, as in `messages.0.status`. */
  readonly jsonPath: { readonly path: string; readonly equals: readonly (string | number | boolean)[] } | undefined;
}

/** `perhaps`: neither a yes nor a no, as when the gateway itself is in trouble behind its door. */
export type Verdict = 'sent' | 'not-sent' | 'perhaps';

export function judgeAnswer(
  { status, bodyContains, jsonPath }: SuccessRule,
  answer: { readonly status: number; readonly body: string },
): Verdict {
  const isStatus = status === undefined ? answer.status >= 200 && answer.status <= 299 : status.includes(answer.status);
  // 408, and whatever went wrong over there: what was asked for may have been done.
  if (!isStatus) return answer.status >= 500 || answer.status === 408 ? 'perhaps' : 'not-sent';
  if (bodyContains !== undefined && !answer.body.includes(bodyContains)) return 'not-sent';
  if (jsonPath === undefined) return 'sent';
  const found = valueAt(answer.body, jsonPath.path);
  return jsonPath.equals.some((value) => value === found) ? 'sent' : 'not-sent';
}

/** Undefined where there is nothing, or no JSON. */
function valueAt(body: string, path: string): unknown {
  try {
    let value: unknown = JSON.parse(body);
    for (const name of path.split('.')) {
      if (typeof value !== 'object' || value === null) return undefined;
      value = Object.getOwnPropertyDescriptor(value, name)?.value;
    }
    return value;
  } catch {
    // What the parser says quotes the answer, which may hold the number.
    return undefined;
  }
}
