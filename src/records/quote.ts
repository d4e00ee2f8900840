/** Beyond this, JSON.stringify is faster than looking at each character. */
const SHORT = 64;

/**
 * A string as JSON text.
 *
 * Half a surrogate pair is no text, and strict readers refuse a whole line for it: it becomes U+FFFD, as everywhere
 * else where text is made of it.
 */
export function quote(text: string): string {
  if (text.length > SHORT) return JSON.stringify(text.toWellFormed());
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const isPlain = code >= 32 && code !== 34 && code !== 92 && code < 0xd800;
    if (!isPlain) return JSON.stringify(text.toWellFormed());
  }
  return `"${text}"`;
}
