/** A picture of docs/performance.md. */
export interface Picture {
  /** Its file, without the folder. */
  readonly file: string;
  /** What is to be seen, in a sentence or two: the text below it. */
  readonly caption: string;
  readonly svg: string;
}
