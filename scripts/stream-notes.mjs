// What docs/streams.md says of each stream besides its columns: in the order in which streams are shown.
// `known` and `assumed` say how far Kustomer's own documentation goes; see the classes in src/streams.

const search = (context) => `\`POST /v1/customers/search\` with the context \`${context}\``;
const archived = (context) => `${search(context)}, and its archive for what has not changed for two years`;
const list = (path) => `\`GET ${path}\`, all pages`;
const perConversation = (part) =>
  `\`GET /v1/conversations/{id}/${part}\`, one request for each conversation that changed`;

const UPDATED = 'updated_at';
const OF_CONVERSATION = 'conversation_updated_at';

/** name, what a row is, where it is read from, the cursor (none: read whole each time) */
export const notes = [
  {
    name: 'conversations',
    about:
      'A conversation with a customer, over any channels: its state, times, counts and the service level it is under.',
    from: archived('conversation'),
    cursor: UPDATED,
  },
  {
    name: 'customers',
    about: 'A person who writes to the organization, with all addresses, and what is going on with them.',
    from: archived('customer'),
    cursor: UPDATED,
  },
  {
    name: 'kobjects',
    about:
      'A custom object of any klass, such as an order. Each enabled klass has a stream of its own besides, `kobject_<klass>`, with the same columns and its own attributes typed under `custom`.',
    from: archived('kobject'),
    cursor: UPDATED,
  },
  {
    name: 'messages',
    about: 'A message of a conversation, in or out.',
    from: archived('message'),
    cursor: UPDATED,
  },
  {
    name: 'notes',
    about: 'An internal note on a conversation. Notes that have not changed for two years cannot be had.',
    from: `${search('note')}; there is no archive of notes`,
    cursor: UPDATED,
  },
  {
    name: 'shortcuts',
    about: 'A prepared text, and what it changes when it is used.',
    from: list('/v1/shortcuts'),
    cursor: UPDATED,
  },
  {name: 'tags', about: 'A tag.', from: list('/v1/tags'), cursor: UPDATED},
  {name: 'teams', about: 'A team, with its members.', from: list('/v1/teams'), cursor: UPDATED},
  {
    name: 'users',
    about: 'An agent, or a machine user; deleted ones too. `roles` and `role_groups` say what each may do.',
    from: `${list('/v1/users')}, once more with \`deleted=true\``,
    cursor: UPDATED,
  },
  {
    name: 'companies',
    about: 'A company that customers belong to.',
    from: archived('company'),
    cursor: UPDATED,
    known: 'the search context, and that the archive has it',
    assumed:
      'that `company_updated_at` sorts, as that of the other contexts does (a page out of order fails the stream); `whatapps` and `extenal_id` are spelt so in the published list of attributes, and are there beside the right spelling',
  },
  {
    name: 'brands',
    about: 'A brand that conversations are held under.',
    from: list('/v1/brands'),
    cursor: UPDATED,
    known: 'the list and its attributes',
    assumed: 'that it is paged as the others are',
  },
  {
    name: 'custom_attributes',
    about:
      "An attribute that the organization has given to its conversations, customers, companies, messages or a klass: what people call it, and what it may hold. `id` is the object's name and its own, such as `conversation.orderNumberStr`.",
    from: '`GET /v1/metadata/{object}`, one request per object and enabled klass',
    cursor: undefined,
    known: 'the address, its role and what it tells',
    assumed: 'nothing; it has no time of change, so all of it is read each time',
  },
  {
    name: 'klasses',
    about: 'A kind of custom object ("klass") that is enabled.',
    from: list('/v1/klasses'),
    cursor: UPDATED,
    known: 'the list and its attributes, and that it gives enabled ones unless another status is asked for',
    assumed:
      'that it is paged as the others are; which other statuses there are is not documented, so they are not asked for',
  },
  {
    name: 'role_groups',
    about: 'A permission set: a named bundle of roles.',
    from: `${list('/v1/role-groups')}; any key may`,
    cursor: UPDATED,
    known: 'the list, its attributes, and that no role is needed',
    assumed: 'that it is paged as the others are',
  },
  {
    name: 'schedules',
    about: 'Business hours, by which times are measured.',
    from: list('/v1/schedules'),
    cursor: UPDATED,
    known: 'the list, its role and attributes; `hours` has a key per weekday, `0` for Sunday',
    assumed: 'that it is paged as the others are, and that deleted ones may be missing from it',
  },
  {
    name: 'slas',
    about: 'A service level agreement.',
    from: list('/v1/slas'),
    cursor: undefined,
    known: 'the list, `current_version` and `created_at`',
    assumed:
      'that it is paged as the others are; no time of change is documented, so all of it is read each time',
  },
  {
    name: 'sla_versions',
    about:
      'What a service level agreement promised at a time: conversations name the version they are under.',
    from: '`GET /v1/slas?versions=all`, what comes under `included`',
    cursor: undefined,
    known: 'that versions come with their agreements when asked for',
    assumed: 'that each page has those of its own agreements',
  },
  {
    name: 'attachments',
    about:
      'A file that came with a message: its name, type and size, not the file itself. Not selected by default, since each conversation costs a request.',
    from: perConversation('attachments'),
    cursor: OF_CONVERSATION,
    known: 'the address and the attributes',
    assumed:
      "that it is paged as lists are, and that a new file changes its conversation's `updated_at`, as a message does",
  },
  {
    name: 'conversation_times',
    about:
      'A stretch of work of an agent on a conversation, in seconds: the source of handle times. Not selected by default, since each conversation costs a request.',
    from: perConversation('times'),
    cursor: OF_CONVERSATION,
    known: 'the address, its role and the attributes; Kustomer does not document it as a context of search',
    assumed: 'that it is paged as lists are, and that work on a conversation changes its `updated_at`',
  },
];

/** Rows of one stream that point at rows of another: many to one, or many to many where the column is a list. */
export const joins = [
  ['conversations', 'customer', 'customers'],
  ['conversations', 'brand', 'brands'],
  ['conversations', 'sla_data', 'slas'],
  ['conversations', 'sla_version', 'sla_versions'],
  ['conversations', 'assigned_users', 'users'],
  ['conversations', 'assigned_teams', 'teams'],
  ['conversations', 'tags', 'tags'],
  ['messages', 'conversation', 'conversations'],
  ['messages', 'customer', 'customers'],
  ['messages', 'shortcuts', 'shortcuts'],
  ['notes', 'conversation', 'conversations'],
  ['notes', 'customer', 'customers'],
  ['kobjects', 'customer', 'customers'],
  ['kobjects', 'klass', 'klasses', 'name'],
  ['customers', 'tags', 'tags'],
  ['companies', 'tags', 'tags'],
  ['attachments', 'conversation', 'conversations'],
  ['conversation_times', 'conversation', 'conversations'],
  ['conversation_times', 'customer', 'customers'],
  ['sla_versions', 'sla_data', 'slas'],
  ['teams', 'members', 'users'],
  ['teams', 'role_groups', 'role_groups'],
  ['users', 'role_groups', 'role_groups'],
];

/** What Kustomer has and no stream reads. */
export const leftOut = [
  [
    'audit logs',
    'the list `GET /v1/audit-logs` and its attributes are documented, but we found neither a filter on time nor how it is paged or ordered. It grows with every change, so that a list read by page number would never come to rest.',
  ],
  [
    "users' roles",
    'they are columns of `users` (`roles`, `role_groups`), and what a permission set holds is in `role_groups`: a stream of its own would add nothing.',
  ],
  ['handle times of the second timer', 'they are at `/v2/conversations/{id}/times`; all else here is `/v1`.'],
  [
    'satisfaction surveys, outbound accounts, spam senders, customer merges, conversation events',
    'attributes are known, but no documented way to read them whole. What a customer answered is in `conversations` (`satisfaction`, `satisfaction_level`).',
  ],
];
