import {createWorld} from '../sandbox/world/world';
import {truthOfWork} from '../sandbox/world/work';
import {NOW, connectionOf} from './fakes/connection';
import {rowsOf, outcomeOf} from './support/messages';
import {readStream} from './support/read-stream';
jest.setTimeout(600000);
test.each([[720],[1100]])('%d days', async (historyDays) => {
  const world = createWorld({seed: 5, now: NOW, historyDays, sizes: {conversations: 100000, users: 500, teams: 20, messages: 1000, customers: 1000}});
  const some = connectionOf({world, config: {start_date: '2015-01-01'}});
  const t = Date.now();
  const messages = await readStream(some, 'conversation_times');
  const truth = truthOfWork(world, 'conversation_times');
  const {requests} = some.api.stats;
  console.log(historyDays, outcomeOf(messages, 'conversation_times'), new Set(rowsOf(messages,'conversation_times').map(({id})=>id)).size, truth.length, JSON.stringify(requests), Date.now() - t,
   'old convs', world.truth('conversations').filter(c=>c.createdAt < NOW - 723*86400000).length);
});
