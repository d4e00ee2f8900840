import {writeFileSync} from 'node:fs';
import {probe, worldOfSize, accountLike} from './probing';
import {AWKWARD} from './accounts';
test('show', async () => {
  for (const [name, account] of Object.entries({
    default: {world: worldOfSize(30_000)},
    awkward: {...AWKWARD, world: worldOfSize(30_000)},
    empty: {world: worldOfSize(0, {model: 'none'})},
  })) {
    const a = await probe(account);
    const b = await probe(accountLike(a.report));
    writeFileSync(
      `/tmp/probe-${name}.txt`,
      a.table + '\n\n' + JSON.stringify(a.report.sandbox, null, 1) + '\n\n===\n' + b.table,
    );
  }
});
