// The port by which codes, notices and messages leave: handing over is quick, whatever the mail server does, so that a page
// neither waits for it nor tells by its pace whether there was anybody to write to.

export interface OutgoingMail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string | undefined;
  /** The name shown beside the sending address. */
  readonly fromName: string;
  readonly replyTo: string | undefined;
}

export interface Outbox {
  /** Takes the mail over until `notAfterMs`, after which it is not sent any more. False when the outbox is full. */
  put(mail: OutgoingMail, notAfterMs: number): Promise<boolean>;
}
