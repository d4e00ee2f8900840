/** Why a text is no well-formed XML; undefined if it is. Looks at tags and attributes only. */
export function xmlProblem(text: string): string | undefined {
  const open: string[] = [];
  const tags = /<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g;
  const rest = text.replace(tags, (_, closes: string, name: string, __: string, empty: string) => {
    if (closes !== '') return open.pop() === name ? '' : '<';
    if (empty === '') open.push(name);
    return '';
  });
  const stray = rest.indexOf('<');
  if (stray >= 0) return `not a tag, or one that closes another: ${rest.slice(stray, stray + 60)}`;
  if (/&(?!amp;|lt;|gt;|quot;|#\d+;)/.test(text)) return 'an & that is no entity';
  return open.length > 0 ? `never closed: ${open.join(' ')}` : undefined;
}
