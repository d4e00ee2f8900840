/** `customer, note: answered; company: refused (403)`: who has the same outcome is named together, in the order of the first. */
export function byOutcome(outcomes: readonly (readonly [name: string, outcome: string])[]): string {
  const names = new Map<string, string[]>();
  for (const [name, outcome] of outcomes) names.set(outcome, [...(names.get(outcome) ?? []), name]);
  return [...names].map(([outcome, whose]) => `${whose.join(', ')}: ${outcome}`).join('; ');
}

/** `1 record`, `3,000 records`. */
export function records(count: number): string {
  return `${count.toLocaleString('en-US')} record${count === 1 ? '' : 's'}`;
}

const UNITS: readonly (readonly [ms: number, unit: string])[] = [
  [86_400_000, 'days'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
];

/** `820 ms`, `12 s`, `3 min`, `5 h`, `8 days`. */
export function duration(ms: number): string {
  const [length, unit] = UNITS.find(([unitMs]) => Math.abs(ms) >= 2 * unitMs) ?? [1, 'ms'];
  return `${Math.round(ms / length).toLocaleString('en-US')} ${unit}`;
}
