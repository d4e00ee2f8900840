import type {Random} from '../random';

const words =
  'hello order thanks please refund the my was not arrived yet could you check lock battery keypad we will send a new one ' +
  'tomorrow address changed since update app firmware door opens slowly invoice attached question about delivery week still ' +
  'waiting reply soon great service broken screen return label printed müde café 注文 señor';
const list = words.split(' ');

export const FIRST_NAMES = [
  'Jean',
  'Brenda',
  'Ana',
  'Zoë',
  'Omar',
  'Li',
  'Priya',
  'Jürgen',
  'Fatima',
  'Noah',
];
export const LAST_NAMES = [
  'Test',
  'Okafor',
  'Núñez',
  'Smith',
  'Wang',
  'Silva',
  'Müller',
  "O'Hara",
  'Kim',
  'Haddad',
];
export const CHANNELS = ['email', 'chat', 'sms', 'voice', 'facebook', 'whatsapp'];
export const COLORS = ['black', 'maroon', 'teal', 'orange', 'navy', 'olive'];
export const ICONS = ['stereo', 'cloud', 'rocket', 'leaf', 'anchor', 'star'];

/** Some words of no meaning. */
export function sentence(random: Random, length: number): string {
  const chosen: string[] = [];
  while (chosen.length < length) {
    chosen.push(random.pick(list));
  }
  return chosen.join(' ');
}
