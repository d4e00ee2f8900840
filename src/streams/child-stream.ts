import type {StreamRun} from '../airbyte/stream';
import type {Endpoint} from '../http/errors';
import type {Resource} from '../kustomer/envelope';
import {Children, type ChildSource, type Parent} from './read/children';
import type {RowMaker} from './read/rows';
import type {StreamSource, WayOfReading} from './documentation';
import {type PlannedRead, SearchStream} from './search-stream';

/** Parents that are asked at most for a sample. */
const MAX_SAMPLED = 5;

/** One object for each kind of parent: pages tell ways apart by them. */
const WAYS: Readonly<Record<ChildSource['parent'], WayOfReading>> = {
  conversation: wayFor('conversation'),
  customer: wayFor('customer'),
};

/**
 * A stream of what hangs on conversations or customers, and can only be had one of these at a time: they are searched for, and
 * what hangs on each that changed is read whole. So its cursor is theirs: a column that is added to each row.
 */
export abstract class ChildStream extends SearchStream {
  /** What it hangs on, and where it is read from. */
  abstract readonly children: ChildSource;
  /** Parents that are searched for where one record is wanted: more where few of them have something. */
  protected readonly sampled: number = 1;

  /** Whether one of those that hang on a parent is a row. */
  protected readonly isWanted: (child: Resource) => boolean = () => true;

  abstract override readonly cursorField: `${ChildSource['parent']}_updated_at`;

  get context(): string {
    return this.children.parent;
  }

  /** The parent's own are not on what hangs on it. */
  override get customOf(): undefined {
    return undefined;
  }

  override get source(): StreamSource {
    const {parent, idOf} = this.children;
    const each = `${parent} that has changed${idOf ? ', and has one' : ''}`;
    return {
      short: `one request per ${each}`,
      full: `\`GET ${this.endpoint.path}\`, one request for each ${each}`,
      way: WAYS[parent],
    };
  }

  override get endpoint(): Endpoint {
    return {method: 'GET', path: this.children.address};
  }

  /** Parents are asked one after the other until one has something, but no more than a few. */
  override async sample(count: number): Promise<readonly Resource[]> {
    const children = this.reader(() => undefined);
    const found = await this.find(Math.max(count, this.sampled));
    const parents = found.map((record) => children.parentOf(record.take()));
    for (const parent of parents.filter(({path}) => path !== undefined).slice(0, MAX_SAMPLED)) {
      const some = await children.ask(parent);
      if (some.length > 0) return some.map(({resource}) => resource);
    }
    return [];
  }

  protected override async readRows(read: PlannedRead, rows: RowMaker): Promise<void> {
    const children = this.reader(read.run.log);
    await this.readWith<Parent>(read, {
      rows,
      asksEach: true,
      decode: (resource) => children.parentOf(resource),
      toRows: async (found) => {
        const some = await children.read(found.map((record) => record.take()));
        const wanted = some.filter(({resource}) => this.isWanted(resource));
        return wanted.map(({parent, resource}) => rows.shape(this.ofParent(resource, parent)));
      },
    });
  }

  /** What is never written of a record is taken out here. */
  protected cleared(resource: Resource): Resource {
    return resource;
  }

  private ofParent(resource: Resource, {updatedAt}: Parent): Resource {
    const cleared = this.cleared(resource);
    const time = {[`${this.children.parent}UpdatedAt`]: updatedAt};
    return {...cleared, attributes: {...cleared.attributes, ...time}};
  }

  private reader(log: StreamRun['log']): Children {
    const {client, lists} = this.deps;
    return new Children(this.children, {stream: this.name, client, lists, log});
  }
}

function wayFor(parent: string): WayOfReading {
  return {
    name: `One request per ${parent}`,
    documented: `the addresses of what belongs to one ${parent} (API description; portal: api/core-resources)`,
    assumed: `that they are paged as other lists are, and that what is added to a ${parent} changes its \`updatedAt\`: ${parent}s are searched for by that, and each that has changed is asked for all that belongs to it. So the cursor is the ${parent}'s, in a column of its own`,
    columns: {
      [parent]: `\`${parent}\`, or added: the ${parent} that it was read from`,
      [`${parent}_updated_at`]: `added: the ${parent}'s \`updatedAt\``,
    },
  };
}
