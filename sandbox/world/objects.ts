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
  'queues',
  'routing_statuses',
  'satisfaction_surveys',
  'snoozes',
  'ai_automations',
  'shortcut_categories',
  'outbound_accounts',
  'spam_senders',
  'cards',
  'kb_articles',
  'kb_categories',
] as const;

/** What follows from conversations and the work on them, by stream name: searched, but no table of its own. */
export const WORK = ['conversation_times', 'work_items', 'work_sessions'] as const;

export type WorkName = (typeof WORK)[number];

/** What only grows, and has a way of its own to be read. */
export const LOGGED = ['audit_logs'] as const;

export type SearchedName = (typeof SEARCHED)[number];
export type ListedName = (typeof LISTED)[number];
export type ObjectName = SearchedName | ListedName | (typeof LOGGED)[number];

export const OBJECT_NAMES: readonly ObjectName[] = [...SEARCHED, ...LISTED, ...LOGGED];

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

/** What the type of a record is, where it is not the name in the singular. */
const IRREGULAR: Partial<Record<ObjectName, string>> = {
  companies: 'company',
  klasses: 'klass',
  routing_statuses: 'status',
  satisfaction_surveys: 'satisfaction',
  shortcut_categories: 'shortcut_category',
  spam_senders: 'sender',
  kb_categories: 'kb_category',
};

/** Where lists are that are not called like their object (docs/kustomer-api.md, Further objects). */
const PATHS: Partial<Record<ObjectName, string>> = {
  role_groups: 'role-groups',
  queues: 'routing/queues',
  routing_statuses: 'routing/statuses',
  satisfaction_surveys: 'satisfaction',
  ai_automations: 'ai/automations',
  shortcut_categories: 'shortcuts/categories',
  outbound_accounts: 'outboundAccounts',
  spam_senders: 'spam/senders',
  kb_articles: 'kb/articles',
  kb_categories: 'kb/categories',
  audit_logs: 'audit-logs',
};

/** The objects in the names of the roles that read it, where it is not its own type (docs/kustomer-api.md, Roles). */
const ROLES: Partial<Record<ObjectName, readonly string[]>> = {
  queues: ['queue', 'routing'],
  routing_statuses: ['routing_status', 'routing'],
  ai_automations: ['assistant', 'apps'],
  shortcut_categories: ['shortcut'],
  outbound_accounts: ['apps'],
  spam_senders: ['spam'],
  cards: ['apps'],
  kb_articles: ['kb'],
  kb_categories: ['kb'],
};

/** Where it is: the `tags` of `/v1/tags`. */
export function pathOf(object: ObjectName): string {
  return PATHS[object] ?? object;
}

/** Any one of these read roles grants it: the `tag` of `org.permission.tag.read`. */
export function rolesOf(object: ObjectName): readonly string[] {
  return ROLES[object] ?? [singular(object)];
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
