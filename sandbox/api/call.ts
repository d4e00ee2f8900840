import type {Random} from '../world/random';
import type {WorkIndex} from '../world/work';
import type {World} from '../world/world';
import type {Request} from './http';
import type {Settings, Token} from './settings';

/** One request that was let in, and all that its answer depends on. */
export interface Call {
  readonly world: World;
  /** What search shows of work, which follows from the world. */
  readonly work: WorkIndex;
  readonly settings: Settings;
  readonly request: Request;
  readonly token: Token;
  /** Epoch ms. */
  readonly now: number;
  /** Follows from the seed in the settings and the number of requests before. */
  readonly random: Random;
}
