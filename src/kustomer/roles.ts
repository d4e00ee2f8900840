/** Roles of a key, any one of which suffices for something (docs/kustomer-api.md, Roles). */
export type AnyRole = readonly string[];

/** What every search needs, of the archive too. */
export const SEARCH_ROLES: AnyRole = [
  'org.user.search.read',
  'org.admin.search.read',
  'org.permission.search.create',
  'org.permission.search.update',
  'org.permission.search_global.create',
  'org.permission.search_preview.create',
];

/**
 * The roles that read one kind of object.
 * @param object in the singular: `brand`
 * @param kinds those of the three that Kustomer documents for it
 */
export function readRoles(object: string, ...kinds: readonly ('permission' | 'user' | 'admin')[]): AnyRole {
  return kinds.map((kind) => `org.${kind}.${object}.read`);
}

/** What reads shortcuts and their categories. */
export const SHORTCUT_ROLES: AnyRole = [
  ...readRoles('shortcut', 'permission', 'user', 'admin'),
  ...readRoles('content.shortcut', 'user', 'admin'),
];

/** What reads the knowledge base. */
export const KB_ROLES: AnyRole = [
  ...readRoles('kb', 'permission', 'admin'),
  ...readRoles('content.kb', 'admin'),
];

/** The objects in roles' names, where they are not what their path begins with (docs/kustomer-api.md, Roles). */
const ROLE_OBJECTS: Readonly<Record<string, string>> = {
  ai: 'assistant',
  cards: 'apps',
  outboundAccounts: 'apps',
  'audit-logs': 'audit_logs',
};

/** Objects of their own, by the end of an address: what belongs to a conversation or a customer (docs/kustomer-api.md, Roles). */
const PARTS: Readonly<Record<string, string>> = {
  attachments: 'attachment',
  events: 'event',
  merges: 'customer_merge',
  notes: 'note',
};

/** A role that grants an endpoint, for messages; there may be others. */
export function roleFor(path: string): string {
  if (path.endsWith('/search')) return 'org.user.search.read (or another of the search roles)';
  const [, objects = '', part = ''] = /^\/v1\/([A-Za-z-]+)(?:\/[^/]+\/([a-z]+))?/.exec(path) ?? [];
  const object =
    PARTS[part] ?? ROLE_OBJECTS[objects] ?? objects.replace(/(?<=klass)es$|s$/, '').replaceAll('-', '_');
  return `org.permission.${object}.read (the read role of ${PARTS[part] ? part : objects})`;
}
