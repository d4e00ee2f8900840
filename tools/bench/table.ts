/** A title and rows that have the same keys; numbers are text already. */
export interface Table {
  readonly title: string;
  readonly rows: readonly Readonly<Record<string, string>>[];
}

/** A line for whoever watches the benchmark. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** A table as Markdown, laid out as Prettier does. */
export function markdownOf({title, rows}: Table): string {
  const keys = Object.keys(rows[0] ?? {});
  const widths = keys.map((key) => Math.max(key.length, 3, ...rows.map((row) => row[key]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [
    `**${title}**`,
    '',
    line(keys),
    line(widths.map((width) => '-'.repeat(width))),
    ...rows.map((row) => line(keys.map((key) => row[key] ?? ''))),
  ].join('\n');
}
