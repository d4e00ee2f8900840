import type {Json} from '../world/json';
import {hash} from '../world/random';
import type {Paging} from './paging';
import type {Settings} from './settings';

/** What search says in `meta.total` of `count` records (docs/kustomer-api.md, Search); undefined for nothing. */
export function totalOf(count: number, {size}: Paging, settings: Settings): Json | undefined {
  switch (settings.totals) {
    case 'capped':
      return Math.min(count, settings.totalCap);
    case 'exact':
      return count;
    case 'missing':
      return undefined;
    case 'wrong':
      return hash(count, 5) % (2 * count + 3);
    case 'off':
      return Math.max(0, count + settings.totalOff);
    case 'pages':
      return Math.ceil(count / size);
    case 'zero':
      return 0;
    case 'text':
      return String(count);
    case 'object':
      return {value: count, relation: 'eq'};
    case 'huge':
      return 1e308;
  }
}
