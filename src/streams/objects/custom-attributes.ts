import schema from '../../../resources/schemas/custom_attributes.json';
import type {StreamRun} from '../../airbyte/stream';
import {formatStreamState} from '../../cursor/stream-state';
import {type Resource, isObject} from '../../kustomer/envelope';
import {type Endpoint, RefusedError} from '../../http/errors';
import {METADATA_RESOURCES, readKlasses, readProperties} from '../../kustomer/metadata';
import type {StreamSchema} from '../../records/shape';
import {planRead} from '../read/read-plan';
import {Rows} from '../read/rows';
import {KustomerStream} from '../stream';

/**
 * The custom attributes that the organisation has given to its objects: one row per attribute and object, with `conversation.fooStr`
 * for an id, which Kustomer itself has none of that is the same everywhere. So `custom` of other streams can be read by people.
 *
 * Documented: the address, its role, and what it tells (developer.kustomer.com, Get custom attribute metadata). It has no time of change for
 * the whole and no way to ask for a part, so the stream has no cursor: all of it is read each time, with one request per object and klass.
 */
export class CustomAttributes extends KustomerStream {
  readonly name = 'custom_attributes';
  readonly schema: StreamSchema = schema;
  override readonly cursorField = undefined;
  readonly endpoint: Endpoint = {method: 'GET', path: '/v1/metadata/{resource}'};

  async read(run: StreamRun): Promise<void> {
    const {client, clock, lists} = this.deps;
    const task = planRead(run.mode, run.state, clock.now(), this.deps);
    if (!task) return run.checkpoint(run.state);
    const klasses = await readKlasses(client, lists);
    const objects = [...METADATA_RESOURCES, ...klasses.map((klass) => `kobject.${klass}`)];
    const found = await Promise.all(objects.map((object) => this.readObject(object, run)));
    const rows = new Rows(this.name, this.schema);
    await run.records(found.flat().map((resource) => rows.shape(resource)));
    rows.report(run.log);
    const complete = run.mode === 'full_refresh' ? {fullRefresh: true} : {};
    await run.checkpoint(formatStreamState({cursor: task.range[1], done: [], ...complete}));
  }

  async sample(): Promise<readonly Resource[]> {
    return this.rowsOf('customer');
  }

  private async readObject(object: string, run: StreamRun): Promise<readonly Resource[]> {
    try {
      return await this.rowsOf(object);
    } catch (error) {
      if (!(error instanceof RefusedError) || error.status !== 404) throw error;
      run.log('WARN', `${this.name}: Kustomer knows no ${object}; what it may have had is left out`);
      return [];
    }
  }

  private async rowsOf(object: string): Promise<readonly Resource[]> {
    const properties = await readProperties(this.deps.client, object);
    return Object.entries(properties)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, property]) => ({
        type: 'custom_attribute',
        id: `${object}.${name}`,
        attributes: {...(isObject(property) && property), resource: object, name},
        links: {self: `/v1/metadata/${object}`},
      }));
  }
}
