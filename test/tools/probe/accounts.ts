import {type Account, worldOfSize} from './probing';

/** All as documented, with enough of everything to show it. */
export const DOCUMENTED: Account = {world: worldOfSize(30_000), settings: {searchesPerMinute: 100}};

/** What differs from the documented in many ways at once. */
export const AWKWARD: Account = {
  world: worldOfSize(30_000),
  settings: {
    gteExcludes: true,
    lteExcludes: true,
    largerPages: 'refused',
    largerPagesText: 'plain',
    pageSizes: {search: 100, lists: 50, users: 100, teams: 100, times: 100},
    missingRoleStatus: 401,
    archive: false,
    sortBy: 'second',
    totals: 'missing',
    timestamps: 'us0',
    listTotals: 'all',
    attachmentIds: false,
    tokens: [
      {
        token: 'sandbox-token',
        roles: [
          'org.permission.search.create',
          ...['user', 'tag', 'klass', 'conversation', 'attachment', 'kobject', 'company', 'customer'].map(
            (object) => `org.permission.${object}.read`,
          ),
        ],
        deniedContexts: ['note'],
      },
    ],
  },
};

/** Nothing in it but what every organization has. */
export const EMPTY: Account = {world: worldOfSize(0, {model: 'none'})};
