// A block of data for a page's script, as `<script type="application/json">`: a browser does not execute it, so the strict CSP holds.
// Inside a script element HTML escapes are not read, so the JSON itself must not contain what could end the element.

export function DataBlock(props: { id: string; value: unknown }) {
  return (
    <script
      type="application/json"
      id={props.id}
      // Escaped by jsonForScriptElement for exactly this place.
      dangerouslySetInnerHTML={{ __html: jsonForScriptElement(props.value) }}
    />
  );
}

/** JSON with `<`, `>`, `&` and the two line separators written as escapes: the same value, and no tag can begin in it. */
export function jsonForScriptElement(value: unknown): string {
  const json = JSON.stringify(value) ?? 'null';
  return json.replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
