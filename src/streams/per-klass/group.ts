import {InputError} from '../../airbyte/input-error';
import type {StreamRun, SyncStream} from '../../airbyte/stream';
import {formatStreamState} from '../../cursor/stream-state';
import {CountingClient} from '../../http/counting-client';
import {readKlasses} from '../../kustomer/metadata';
import {restoreCustomColumns} from '../../catalog/configured-columns';
import {KlassMember} from './member';
import {AmbiguousKlass, klassOfStream} from './names';
import {KlassRun} from './shared-run';
import {type ReadPlan, planRead} from '../read/read-plan';
import {Rows} from '../read/rows';
import {Kobjects} from '../objects/kobjects';
import type {StreamDeps} from '../stream';

/** All custom objects, read for the streams of their klasses. */
class KlassObjects extends Kobjects {
  override readonly name = 'kobject_*';
}

/**
 * The klass streams of one read. Search has no filter on the klass that is documented, so all of them are read in one go, as
 * soon as the last one has come; each keeps a state of its own.
 */
export class KlassGroup {
  readonly streams: readonly SyncStream[];
  private readonly members: KlassMember[] = [];
  private readonly client: CountingClient;
  private readonly objects: KlassObjects;
  private readonly now: number;
  private klasses: Promise<readonly string[]> | undefined;
  private coming: number;
  /** Begins the common read. */
  private begin: () => void = () => undefined;
  private readonly whole: Promise<void>;

  /** @param names of the streams that will be read, all of them */
  constructor(
    names: readonly string[],
    private readonly deps: StreamDeps,
  ) {
    this.client = new CountingClient(deps.client);
    this.objects = new KlassObjects({...deps, client: this.client});
    this.now = deps.clock.now();
    this.coming = names.length;
    const {counts} = this.client;
    this.streams = names.map((name) => ({name, counts, read: (run) => this.read(name, run)}));
    this.whole = new Promise<void>((resolve) => (this.begin = resolve)).then(() => this.readMembers());
  }

  private async read(name: string, run: StreamRun): Promise<void> {
    let isMember: boolean;
    try {
      isMember = await this.enlist(name, run);
    } finally {
      this.coming -= 1;
      if (this.coming === 0) this.begin();
    }
    if (isMember) await this.whole;
  }

  /** @returns false when there is nothing to read for it */
  private async enlist(name: string, run: StreamRun): Promise<boolean> {
    this.klasses ??= readKlasses(this.client, this.deps.pageSizes);
    const klass = klassOfStream(name, await this.klasses);
    if (klass instanceof AmbiguousKlass || this.members.some((member) => member.klass === klass)) {
      const klasses = klass instanceof AmbiguousKlass ? klass.klasses.join(' and ') : klass;
      throw new InputError(
        `The stream "${name}" is not the only one for ${klasses}: refresh the source's schema, each klass has one stream there.`,
      );
    }
    const task = planRead(run.mode, run.state, this.now, this.deps);
    if (!task) {
      await run.checkpoint(run.state);
      return false;
    }
    if (klass === undefined) {
      run.log(
        'WARN',
        `${name}: Kustomer has no enabled klass of this name (any more), so there is nothing to read`,
      );
      await run.checkpoint(keptState(run, task));
      return false;
    }
    const rows = new Rows(name, restoreCustomColumns(run.schema, this.objects.schema));
    this.members.push(new KlassMember(klass, run, task, rows));
    return true;
  }

  private async readMembers(): Promise<void> {
    const [first] = this.members;
    if (!first) return;
    const common = new KlassRun(this.members, first.run.log);
    await this.objects.readPlan(common, common, common.task, this.now);
  }
}

/** What was promised stays, and nothing is added: should the klass come back, it is read from there. */
function keptState({mode}: StreamRun, {state, range}: ReadPlan): unknown {
  const complete = mode === 'full_refresh' ? {fullRefresh: true} : {};
  return formatStreamState({cursor: range[0], done: [], ...state, ...complete});
}
