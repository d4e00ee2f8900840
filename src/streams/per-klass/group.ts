import {InputError} from '../../airbyte/input-error';
import type {StreamRun, SyncStream} from '../../airbyte/stream';
import {CountingClient} from '../../http/counting-client';
import {readKlasses} from '../../kustomer/metadata';
import {restoreCustomColumns} from '../../catalog/configured-columns';
import {KlassMember} from './member';
import {AmbiguousKlass, klassOfStream} from './names';
import {SharedRun} from './shared-run';
import {completeState} from '../read/checkpoints';
import {type ReadPlan, planRead} from '../read/read-plan';
import {Rows} from '../read/rows';
import {Kobjects} from '../objects/kobjects';
import type {StreamDeps} from '../stream';

/** All custom objects, read for the streams of their klasses. */
class KlassObjects extends Kobjects {
  override readonly name = 'kobject_*';

  /** @param now when the read began: epoch ms */
  async readFor(members: readonly [KlassMember, ...KlassMember[]], now: number): Promise<void> {
    const shared = new SharedRun(members);
    await this.readWith({run: shared, plan: shared.plan, now}, shared);
  }
}

interface Candidate {
  readonly name: string;
  readonly run: StreamRun;
}

interface SharedRead {
  /** By name of the stream; undefined where there is nothing to read for it. */
  readonly members: ReadonlyMap<string, Promise<KlassMember | undefined>>;
  /** Settled once all members have been read. */
  readonly whole: Promise<void>;
}

/**
 * The klass streams of one read. No filter of searches on the klass is documented, so all custom objects are read in one go for
 * all of them; each stream keeps a state of its own.
 */
export class KlassGroup {
  readonly streams: readonly SyncStream[];
  private readonly client: CountingClient;
  private readonly objects: KlassObjects;
  /** Started by the first of the streams. */
  private shared: SharedRead | undefined;

  /** @param names of the streams that will be read */
  constructor(
    names: readonly string[],
    private readonly deps: StreamDeps,
  ) {
    this.client = new CountingClient(deps.client);
    this.objects = new KlassObjects({...deps, client: this.client});
    const {counts} = this.client;
    this.streams = names.map((name) => ({name, counts, read: (_run, all) => this.read(name, all)}));
  }

  private async read(name: string, runs: ReadonlyMap<string, StreamRun>): Promise<void> {
    this.shared ??= this.start(this.streams.flatMap((stream) => candidateOf(stream.name, runs)));
    const member = this.shared.members.get(name);
    if (!member) throw new Error(`there is no run of ${name}`);
    if (await member) await this.shared.whole;
  }

  private start(candidates: readonly Candidate[]): SharedRead {
    const {client} = this;
    const {clock, lists} = this.deps;
    const now = clock.now();
    const klasses = readKlasses(client, lists, (message) => candidates[0]?.run.log('WARN', message));
    const taken = new Set<string>();
    const enlist = async ({name, run}: Candidate): Promise<KlassMember | undefined> => {
      const klass = pickKlass(name, await klasses, taken);
      return this.enlist({name, run}, klass, now);
    };
    const members = candidates.map((candidate) => [candidate.name, enlist(candidate)] as const);
    const whole = Promise.allSettled(members.map(([, member]) => member)).then(async (all) => {
      const [first, ...others] = all.flatMap((one) =>
        one.status === 'fulfilled' && one.value ? [one.value] : [],
      );
      if (first) await this.objects.readFor([first, ...others], now);
    });
    return {members: new Map(members), whole};
  }

  /** @returns undefined when there is nothing to read for the stream: then with its last state written */
  private async enlist(
    {name, run}: Candidate,
    klass: string | undefined,
    now: number,
  ): Promise<KlassMember | undefined> {
    const plan = planRead(run, {...this.deps, name, now});
    if (!plan) {
      await run.checkpoint(run.state);
      return undefined;
    }
    if (klass === undefined) {
      run.log(
        'WARN',
        `${name}: Kustomer has no enabled klass of this name (any more), so there is nothing to read`,
      );
      await run.checkpoint(keptState(run, plan));
      return undefined;
    }
    return new KlassMember(
      klass,
      run,
      plan,
      new Rows(name, restoreCustomColumns(run.schema, this.objects.schema)),
    );
  }
}

function candidateOf(name: string, runs: ReadonlyMap<string, StreamRun>): Candidate[] {
  const run = runs.get(name);
  return run ? [{name, run}] : [];
}

/** @param taken klasses that have their stream; added to @throws InputError where the klass is not the stream's alone */
function pickKlass(name: string, klasses: readonly string[], taken: Set<string>): string | undefined {
  const klass = klassOfStream(name, klasses);
  if (klass === undefined) return undefined;
  if (klass instanceof AmbiguousKlass || taken.has(klass)) {
    const several = klass instanceof AmbiguousKlass ? klass.klasses.join(' and ') : klass;
    throw new InputError(
      `The stream "${name}" is not the only one for ${several}: refresh the source's schema, each klass has one stream there.`,
    );
  }
  taken.add(klass);
  return klass;
}

/** An earlier promise stays, and none is added: should the klass come back, it is read from there. */
function keptState({mode}: StreamRun, {state, range}: ReadPlan): unknown {
  return completeState(mode, {cursor: range[0], done: [], ...state});
}
