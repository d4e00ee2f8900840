/** Small records of one object, for the sandbox to load: `updatedAt` one `step` (ms) after the other, up to `last` (epoch ms). */
export function leanRows(type: string, count: number, last: number, step: number): string {
  const iso = (ms: number) => new Date(ms).toISOString();
  return Array.from({length: count}, (_, at) => {
    const updatedAt = last - (count - 1 - at) * step;
    const attributes = {updatedAt: iso(updatedAt), createdAt: iso(updatedAt - 1000), name: `number ${at}`};
    return JSON.stringify({
      type,
      id: `${type}-${String(at).padStart(6, '0')}`,
      attributes,
      relationships: {},
      links: {},
    });
  }).join('\n');
}
