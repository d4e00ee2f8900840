import {workRows} from '../../../sandbox/world/work';
import {createWorld} from '../../../sandbox/world/world';
import {now} from '../asking';

interface Span {
  time: number;
}

interface Session extends Record<string, unknown> {
  signedInAt: string;
  signedOutAt: string;
  totalAvailable: Span;
  totalAvailableIdleCapacity: Span;
  totalAvailableNotAtCapacity: Span;
  totalUnavailable: Span;
}

const sizes = {conversations: 1500, users: 12, teams: 3, messages: 50, customers: 20};
const worlds = [60, 1100].map((historyDays) => createWorld({seed: 7, now, sizes, historyDays}));

/** The sessions of all agents, each with its own stretches of work. */
function sessionsOf(world: (typeof worlds)[number]) {
  const conversations = [...world.table('conversations').rows()];
  const bodies = (name: 'work_sessions' | 'conversation_times') =>
    workRows(world, name, conversations).map(
      ({make}) =>
        JSON.parse(JSON.stringify(make())) as {
          attributes: Record<string, unknown>;
          relationships: Record<string, {data: {id: string}}>;
        },
    );
  const times = bodies('conversation_times').map(({attributes, relationships}) => ({
    agent: relationships['createdBy']?.data.id,
    from: Date.parse(String(attributes['handleAt'])),
    to: Date.parse(String(attributes['createdAt'])),
  }));
  return bodies('work_sessions').map(({attributes, relationships}) => {
    const session = attributes as Session;
    const [from, to] = [Date.parse(session.signedInAt), Date.parse(session.signedOutAt)];
    const agent = relationships['user']?.data.id;
    const work = times.filter((one) => one.agent === agent && one.to > from && one.to <= to);
    return {agent, from, to, session, work};
  });
}

const lengthOf = (work: readonly {from: number; to: number}[]): number =>
  work.reduce((sum, {from, to}) => sum + to - from, 0);

test.each(worlds)(
  'an agent is available or not, idle or at work, and as long at work as on conversations',
  (world) => {
    const sessions = sessionsOf(world);
    expect(sessions.length).toBeGreaterThan(300);
    for (const {from, to, session, work} of sessions) {
      const [available, idle, busy, unavailable] = [
        session.totalAvailable,
        session.totalAvailableIdleCapacity,
        session.totalAvailableNotAtCapacity,
        session.totalUnavailable,
      ].map(({time}) => time) as [number, number, number, number];
      expect(available + unavailable).toBe(to - from);
      expect(idle + busy).toBe(available);
      expect(Math.min(available, idle, busy, unavailable)).toBeGreaterThanOrEqual(0);
      expect(busy).toBeLessThanOrEqual(lengthOf(work));
      expect(busy).toBeGreaterThanOrEqual(Math.max(...work.map((one) => one.to - Math.max(from, one.from))));
      expect(lengthOf(work)).toBeLessThanOrEqual(to - from);
    }
  },
);

test.each(worlds)('agents are at work a third to two thirds of the time that they are available', (world) => {
  const sessions = sessionsOf(world).map(({session}) => session);
  const sum = (name: 'totalAvailable' | 'totalAvailableNotAtCapacity'): number =>
    sessions.reduce((total, session) => total + session[name].time, 0);
  const occupancy = sum('totalAvailableNotAtCapacity') / sum('totalAvailable');
  expect(occupancy).toBeGreaterThan(1 / 3);
  expect(occupancy).toBeLessThan(2 / 3);
});
