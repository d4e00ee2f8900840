import {setMaxListeners} from 'node:events';
import type {Outlet} from '../../src/airbyte/outlet';
import {readConfig} from '../../src/config';
import {type Connection, connect} from '../../src/connection';
import type {VirtualClock} from './virtual-clock';
import type {VirtualNetwork} from './virtual-network';

const BUDGET_MS = 600_000;

/** The connector's own wiring over a virtual network, in virtual time; no archive. @param pageSize records in a page of search */
export function connectVirtually(
  network: VirtualNetwork,
  {clock, outlet, pageSize}: {clock: VirtualClock; outlet: Outlet; pageSize: number},
): Connection {
  const {signal: stop} = new AbortController();
  setMaxListeners(0, stop);
  return connect({
    config: readConfig({
      api_token: 'sandbox-token',
      start_date: '2020-01-01',
      include_archived: false,
      page_size: pageSize,
    }),
    runtime: {
      clock,
      random: () => 0.5,
      stop,
      version: 'test',
      log: outlet.log,
      backpressure: () => Promise.resolve(),
      transport: network,
    },
    budgetMs: BUDGET_MS,
  });
}
