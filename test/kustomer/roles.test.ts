import {SEARCH_ROLES, readRoles, roleFor} from '../../src/kustomer/roles';
import {connectionOf} from '../fakes/connection';

test.each([
  ['/v1/customers/search', 'org.user.search.read'],
  ['/v1/customers/archive/search', 'org.user.search.read'],
  ['/v1/users', 'org.permission.user.read'],
  ['/v1/users/current', 'org.permission.user.read'],
  ['/v1/teams', 'org.permission.team.read'],
  ['/v1/shortcuts', 'org.permission.shortcut.read'],
  ['/v1/klasses', 'org.permission.klass.read'],
  ['/v1/conversations/1/times', 'org.permission.conversation.read'],
  ['/v1/conversations/1/attachments', 'org.permission.attachment.read'],
  ['/v1/conversations/1/notes', 'org.permission.note.read'],
  ['/v1/conversations/1/events', 'org.permission.event.read'],
  ['/v1/customers/1/merges', 'org.permission.customer_merge.read'],
  ['/v1/satisfaction-responses/1', 'org.permission.satisfaction_response.read'],
])('%s needs %s', (path, role) => expect(roleFor(path)).toContain(role));

test('the roles of an object are those of its kinds', () => {
  expect(readRoles('sla', 'permission', 'user')).toEqual(['org.permission.sla.read', 'org.user.sla.read']);
});

const {streams} = connectionOf().connection;

test.each(streams.map(({name, endpoint, roles}) => [name, endpoint.path, roles] as const))(
  '%s: a message about %s names one of the roles that the documentation lists',
  (_, path, roles) => {
    const [role = ''] = roleFor(path).split(' ');
    if (roles.length > 0) expect(roles.flat()).toContain(role);
  },
);

test('whatever is searched for needs a role of search', () => {
  const searched = streams.filter(({endpoint}) => endpoint.path.endsWith('/search'));
  expect(searched.length).toBeGreaterThan(5);
  for (const {roles} of searched) expect(roles).toContain(SEARCH_ROLES);
});
