import {Outlet} from '../../src/airbyte/outlet';
import type {SyncMode} from '../../src/airbyte/messages';
import {Sync} from '../../src/airbyte/sync';
import {explain} from '../../src/error-messages';
import type {KustomerStream} from '../../src/streams/stream';
import {type AirbyteMessage, Capture} from './capture';
import type {TestConnection} from '../fakes/connection';

/** A stream of an office, by its name. */
export function streamOf({connection}: TestConnection, name: string): KustomerStream {
  const stream = connection.streams.find((one) => one.name === name);
  if (!stream) throw new Error(`no stream ${name}`);
  return stream;
}

/** Reads one stream of an office, as `read` does. */
export async function readStream(
  office: TestConnection,
  name: string,
  mode: SyncMode = 'incremental',
  state?: unknown,
): Promise<AirbyteMessage[]> {
  const {clock} = office;
  const capture = new Capture();
  const sync = new Sync({outlet: new Outlet(capture.write, clock), clock, explain, quota: () => undefined});
  await sync.run([{stream: streamOf(office, name), mode, state}]);
  return capture.messages;
}
