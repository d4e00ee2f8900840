import {InputError} from '../../airbyte/input-error';
import type {StreamRun, SyncStream} from '../../airbyte/stream';
import {CountingClient} from '../../http/counting-client';
import {readKlasses} from '../../kustomer/metadata';
import {restoreCustomColumns} from '../../catalog/configured-columns';
import {KlassSearch} from './klass-search';
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
  /** Of each member; several may share one. */
  readonly reads: Promise<ReadonlyMap<KlassMember, Promise<void>>>;
}

/**
 * Where no more than this share of all klasses is selected, each is searched alone: that costs the objects of those klasses, and
 * one to three requests each to see that it works, in place of the objects of all klasses. How many objects each has is not known
 * before, so klasses are counted.
 */
const ALONE_SHARE = 0.5;

/**
 * The klass streams of one read. A few of many klasses are searched one by one; else, and where that is refused, all custom
 * objects are read in one go for all of them. Either way each stream keeps a state of its own, of the same kind.
 */
export class KlassGroup {
  readonly streams: readonly SyncStream[];
  private readonly deps: StreamDeps;
  private readonly objects: KlassObjects;
  /** Started by the first of the streams. */
  private shared: SharedRead | undefined;

  /** @param names of the streams that will be read */
  constructor(names: readonly string[], deps: StreamDeps) {
    const client = new CountingClient(deps.client);
    const {counts} = client;
    this.deps = {...deps, client};
    this.objects = new KlassObjects(this.deps);
    this.streams = names.map((name) => ({name, counts, read: (_run, all) => this.read(name, all)}));
  }

  private async read(name: string, runs: ReadonlyMap<string, StreamRun>): Promise<void> {
    this.shared ??= this.start(this.streams.flatMap((stream) => candidateOf(stream.name, runs)));
    const enlisted = this.shared.members.get(name);
    if (!enlisted) throw new Error(`there is no run of ${name}`);
    const member = await enlisted;
    if (member) await (await this.shared.reads).get(member);
  }

  private start(candidates: readonly Candidate[]): SharedRead {
    const {client, clock, lists} = this.deps;
    const now = clock.now();
    const klasses = readKlasses(client, lists, (message) => candidates[0]?.run.log('WARN', message));
    const taken = new Set<string>();
    const enlist = async ({name, run}: Candidate): Promise<KlassMember | undefined> => {
      const klass = pickKlass(name, await klasses, taken);
      return this.enlist({name, run}, klass, now);
    };
    const members = candidates.map((candidate) => [candidate.name, enlist(candidate)] as const);
    const reads = Promise.allSettled(members.map(([, member]) => member)).then(async (all) => {
      const enlisted = all.flatMap((one) => (one.status === 'fulfilled' && one.value ? [one.value] : []));
      return enlisted.length > 0
        ? this.startReads(enlisted, await klasses, now)
        : new Map<KlassMember, never>();
    });
    return {members: new Map(members), reads};
  }

  private async startReads(
    members: readonly KlassMember[],
    klasses: readonly string[],
    now: number,
  ): Promise<ReadonlyMap<KlassMember, Promise<void>>> {
    const isFew = members.length <= klasses.length * ALONE_SHARE;
    const reads = new Map<KlassMember, Promise<void>>();
    const tryAlone = async (member: KlassMember): Promise<void> => {
      const search = new KlassSearch(member, this.deps);
      const times = await search.tryOut();
      if (times) reads.set(member, awaitedLater(search.readAlone(now, times)));
    };
    if (isFew) await Promise.all(members.map(tryAlone));
    const [first, ...others] = members.filter((member) => !reads.has(member));
    if (first) {
      const shared = awaitedLater(this.objects.readFor([first, ...others], now));
      for (const member of [first, ...others]) reads.set(member, shared);
    }
    return reads;
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
      run.log('WARN', `${name}: Kustomer has no klass of this name (any more), so there is nothing to read`);
      await run.checkpoint(keptState(run, plan));
      return undefined;
    }
    return new KlassMember(
      name,
      klass,
      run,
      plan,
      new Rows(name, restoreCustomColumns(run.schema, this.objects.schema)),
    );
  }
}

/** A read that its streams await later than it may fail. */
function awaitedLater(read: Promise<void>): Promise<void> {
  read.catch(() => undefined);
  return read;
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
