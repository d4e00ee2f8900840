/** Objects that search serves, by stream name. */
export const SEARCHED = ['conversations', 'customers', 'kobjects', 'messages', 'notes', 'companies'] as const;

/** Objects that are only listed, by stream name. */
export const LISTED = [
  'shortcuts',
  'tags',
  'teams',
  'users',
  'klasses',
  'brands',
  'slas',
  'schedules',
  'role_groups',
] as const;

/** What follows from conversations and the work on them, by stream name: searched, but no table of its own. */
export const WORK = ['conversation_times', 'work_items', 'work_sessions'] as const;

export type WorkName = (typeof WORK)[number];
export type SearchedName = (typeof SEARCHED)[number];
export type ListedName = (typeof LISTED)[number];
export type ObjectName = SearchedName | ListedName;

export const OBJECT_NAMES: readonly ObjectName[] = [...SEARCHED, ...LISTED];

/** The nine objects of the published connector schema. */
export const STREAMS: readonly ObjectName[] = [
  'conversations',
  'customers',
  'kobjects',
  'messages',
  'notes',
  'shortcuts',
  'tags',
  'teams',
  'users',
];

const IRREGULAR: Partial<Record<ObjectName, string>> = {companies: 'company', klasses: 'klass'};

/** Where it is: the `tags` of `/v1/tags`. */
export function pathOf(object: ObjectName): string {
  return object.replace('_', '-');
}

/** The singular: a resource's `type`, a search's `queryContext`, and the object in a role's name. */
export function singular(object: ObjectName | WorkName): string {
  return IRREGULAR[object as ObjectName] ?? object.slice(0, -1);
}

/** The searched object of a `queryContext`, and its klass if it names one; undefined for an unknown one. */
export function objectOfContext(
  context: string,
): {object: SearchedName | WorkName; klass?: string} | undefined {
  const object = [...SEARCHED, ...WORK].find((one) => singular(one) === context);
  if (object) return {object};
  const [, klass] = /^kobject_(.+)$/s.exec(context) ?? [];
  return klass === undefined ? undefined : {object: 'kobjects', klass};
}

export function isWork(object: ObjectName | WorkName): object is WorkName {
  return WORK.some((name) => name === object);
}

/** The object of a resource's `type`; custom objects have `kobject.<klass>`. Undefined for an unknown one. */
export function objectOfType(type: string): ObjectName | undefined {
  const [base] = type.split('.');
  return OBJECT_NAMES.find((object) => singular(object) === base);
}
