import type {JsonObject} from '../../sandbox/world/json';

const WORDS = ['battery', 'invoice', 'door', 'Größe', 'café', '注文', 'update', 'slowly', 'lock', 'question'];

/**
 * A customer that no schema was made for: 80 attributes that are not declared, nested objects and lists among them, values that
 * have to be cast, one that does not fit its column, and relationships that nobody knows.
 * @param at when it was created and updated: epoch ms
 */
export function wideCustomer(number: number, id: string, at: number): JsonObject {
  const instant = new Date(at).toISOString();
  return {
    type: 'customer',
    id,
    attributes: {
      ...{createdAt: instant, updatedAt: instant, modifiedAt: instant, name: `${word(number)} ${number}`},
      ...toBeCast(number, instant),
      ...Object.fromEntries(Array.from({length: 80}, (_, at) => [`new${label(at)}`, valueOf(number, at)])),
      custom: Object.fromEntries(Array.from({length: 40}, (_, at) => customOf(number, at, instant))),
    },
    relationships: {
      org: {
        data: {type: 'org', id: '5f0c1d2e3a4b5c6d7e8f9a0b'},
        links: {self: '/v1/orgs/5f0c1d2e3a4b5c6d7e8f9a0b'},
      },
      createdBy: {links: {self: '/v1/users/5f69d205fd39d4a51f000000'}, data: null},
      ...Object.fromEntries(
        Array.from({length: 8}, (_, at) => [
          `shopify-${word(at)}-${at}`,
          {links: {self: `/v1/customers/${id}/${at}`}},
        ]),
      ),
    },
    links: {self: `/v1/customers/${id}`},
  };
}

/** What is declared as something else: `signedUpAt` does not fit, all others do once they are cast. */
function toBeCast(number: number, instant: string): JsonObject {
  return {
    ...{rev: String(number), verified: 'true', displayName: number, externalId: {system: 'crm', key: number}},
    ...{birthdayAt: '1980-02-03', lastActivityAt: instant.replace('T', ' '), signedUpAt: number},
    emails: [{email: `customer${number}@example.com`, verified: 'false', type: 'home'}],
    conversationCounts: {all: String(number % 9), done: 1, open: '0'},
    tags: ['5f57732faa1091c673000000', '5f680ff7f1ef7cc820000000'],
  };
}

function valueOf(number: number, at: number): JsonObject[string] {
  switch (at % 8) {
    case 0:
      return number + at;
    case 1:
      return number % 2 === 0;
    case 2:
      return null;
    case 3:
      return {someKey: word(number), innerPart: {deepKey: [at, number], otherKey: {isDeep: true}}};
    case 4:
      return [word(at), {listKey: `${word(number)} "${at}"`}];
    case 5:
      return number / 7;
    default:
      return `${word(number + at)} ${word(number * at)} ${word(at)}`;
  }
}

function customOf(number: number, at: number, instant: string): [string, JsonObject[string]] {
  switch (at % 4) {
    case 0:
      return [`own${label(at)}Num`, String(number * at)];
    case 1:
      return [`own${label(at)}At`, instant.replace('Z', '+00:00')];
    case 2:
      return [`own${label(at)}Bool`, at % 3 === 0];
    default:
      return [`own${label(at)}Str`, `${word(number + at)} ${word(at)}`];
  }
}

function word(number: number): string {
  return WORDS[number % WORDS.length] ?? '';
}

/** `A3`: a name that begins a word. */
function label(at: number): string {
  return `${String.fromCharCode(65 + (at % 26))}${at}`;
}
