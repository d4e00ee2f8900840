import type {Subject} from './finding';
import type {Row} from './rows';

/** All records of the first pages of searches and lists. */
export async function samples({searches, lists}: Subject): Promise<readonly Row[]> {
  const pages = [...(await searches.all()), ...(await lists.all())];
  return pages.flatMap(({rows = []}) => rows);
}

/** How often each form comes, most often first. */
export function shares(forms: readonly string[]): readonly (readonly [form: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const form of forms) counts.set(form, (counts.get(form) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}

/** `24 hex digits: 1,204; a number: 2`. */
export function tell(forms: readonly (readonly [string, number])[]): string {
  return forms.map(([form, count]) => `${form}: ${count.toLocaleString('en-US')}`).join('; ');
}
