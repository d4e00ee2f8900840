/** What Python's `splitlines`, and so Airbyte's tools, take for the end of a line besides what JSON escapes anyway. */
const LINE_ENDS = ['\u0085', '\u2028', '\u2029'] as const;

/**
 * JSON text on one line for every reader.
 *
 * Looks for one after the other: a class of characters in a regular expression takes ten times as long.
 */
export function oneLine(text: string): string {
  let line = text;
  for (const end of LINE_ENDS) {
    if (line.includes(end)) {
      line = line.replaceAll(end, `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`);
    }
  }
  return line;
}

const LINE_END_BYTES = LINE_ENDS.map((end) => Buffer.from(end));

/** Whether JSON text in UTF-8 is not on one line for every reader. */
export function hasLineEnd(text: Buffer): boolean {
  return LINE_END_BYTES.some((end) => text.includes(end));
}
