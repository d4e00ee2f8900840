/** A line for whoever reads the benchmark. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Prints rows that have the same keys as one table, numbers and all as text. */
export function table(title: string, rows: readonly Readonly<Record<string, string>>[]): void {
  const keys = Object.keys(rows[0] ?? {});
  const widths = keys.map((key) => Math.max(key.length, ...rows.map((row) => row[key]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  say(`\n${title}\n`);
  say(line(keys));
  say(line(widths.map((width) => '-'.repeat(width))));
  for (const row of rows) say(line(keys.map((key) => row[key] ?? '')));
}
