const BEGIN = '<!-- made by npm run demo -->';
const END = '<!-- end: demo -->';

/** What of a demo's output the README shows: its first table, and all that stands alone in a line after it. */
export function excerptOf(told: readonly string[]): string {
  const isTable = (text: string): boolean => text.trimStart().startsWith('stream ');
  const tables = told.filter(isTable);
  const first = tables.find((table) => / rows read /.test(table)) ?? '';
  const after = told.slice(told.indexOf(first) + 1).filter((text) => !isTable(text) && !/:\s*$/.test(text));
  return [first, ...after].map((text) => text.trim()).join('\n');
}

/** Puts text between the README's markers. @throws Error where it has none */
export function withExcerpt(readme: string, text: string): string {
  const [from, to] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (from < 0 || to < from) throw new Error('README.md has no markers of the demo');
  return `${readme.slice(0, from + BEGIN.length)}\n\n\`\`\`\n${text}\n\`\`\`\n\n${readme.slice(to)}`;
}
