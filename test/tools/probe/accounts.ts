import type {Settings} from '../../../sandbox/api/settings';
import type {Account} from './probing';

/** What differs from the documented in many ways at once. */
const AWKWARD_SETTINGS: Partial<Settings> = {
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
};

export const AWKWARD: Account = {settings: AWKWARD_SETTINGS};
