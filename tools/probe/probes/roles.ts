import {requestClassOf} from '../../../src/http/call';
import type {Outcome, Probe, SandboxPart, Subject} from '../finding';
import {type Exchange, isRoleRefusal} from '../reply';
import {CONTEXTS} from '../search-pages';
import {byOutcome} from '../words';

/** The object of a read role, by the beginning of the address that it opens (docs/kustomer-api.md, Roles). */
const OBJECTS: Readonly<Record<string, string>> = {
  users: 'user',
  teams: 'team',
  tags: 'tag',
  shortcuts: 'shortcut',
  klasses: 'klass',
  brands: 'brand',
  slas: 'sla',
  schedules: 'schedule',
  conversations: 'conversation',
  notes: 'note',
  metadata: 'metadata',
  attachments: 'attachment',
};
/** Not asked for, so not refused. */
const OTHERS = ['kobject', 'company', 'customer', 'message'];
const SEARCH_ROLE = 'org.permission.search.create';

/** What the key may not read, and how it is told. Looks at all that was asked before. */
export const roles: Probe = {
  topic: 'roles',
  assumed: 'a missing role is a 403, or a 401 as an older page says',
  async run({exchanges}: Subject): Promise<Outcome> {
    const refused = exchanges.filter(isRoleRefusal);
    if (refused.length === 0) {
      return {verdict: 'not shown', seen: 'nothing is refused for a role', does: DOES};
    }
    const outcomes = new Map(refused.map((exchange) => [nameOf(exchange), `refused (${exchange.status})`]));
    return {
      verdict: 'as assumed',
      seen: byOutcome([...outcomes]),
      does: DOES,
      sandbox: keyOf(exchanges, refused),
    };
  },
};

const DOES =
  'check names what cannot be read, and the role that would grant it; those streams fail, all others are read';

/** What was asked for, without any name of the account's own. */
function nameOf({request: {path, context}}: Exchange): string {
  if (context !== undefined) {
    const klass = context.startsWith('kobject_') ? 'kobject_<klass>' : context;
    return path.includes('/archive/') ? `archive of ${klass}` : klass;
  }
  return path.endsWith('/attachments') ? 'attachments' : (path.split('/')[2] ?? '');
}

function keyOf(exchanges: readonly Exchange[], refused: readonly Exchange[]): SandboxPart {
  const names = new Set(refused.map(nameOf));
  const searches = exchanges.filter(
    ({request, status}) => requestClassOf(request) === 'search' && status < 300,
  );
  const granted = Object.entries(OBJECTS).filter(([name]) => !names.has(name));
  const [first] = refused;
  return {
    ...(first && {settings: {missingRoleStatus: first.status}}),
    key: {
      roles: [
        ...(searches.length > 0 ? [SEARCH_ROLE] : []),
        ...[...granted.map(([, object]) => object), ...OTHERS].map(
          (object) => `org.permission.${object}.read`,
        ),
      ],
      ...(searches.length > 0 && {deniedContexts: CONTEXTS.filter((context) => names.has(context))}),
    },
  };
}
