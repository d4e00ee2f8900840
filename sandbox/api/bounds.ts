import type {Span} from './dates';
import {badRequest} from './errors';
import type {Settings} from './settings';

/** What a time must lie between: epoch ms, both included. */
export interface Range {
  from: number;
  to: number;
}

/** What one operator asks of the times of records, which have whole milliseconds, as the settings have it understood. */
export function boundsOf(operator: string, span: Span, attribute: string, settings: Settings): Range {
  const unit = settings.compareCutMs || 1;
  // The first and the last ms that compare as equal to the date.
  const {from, to} = settings.compareCutMs
    ? {from: cut(span.from, unit), to: cut(span.to, unit) + unit - 1}
    : span;
  switch (operator) {
    case 'gte':
      return settings.gteExcludes ? above(to) : {from: cut(from, settings.gteCutMs), to: Infinity};
    case 'gt':
      return above(to);
    case 'lte':
      return settings.lteExcludes ? below(from) : {from: -Infinity, to: cut(to, settings.lteCutMs)};
    case 'lt':
      return below(from);
    case 'equals':
      return {from, to};
    default:
      throw badRequest(`Unknown operator ${operator}`, `/${attribute}/${operator}`);
  }
}

function above(time: number): Range {
  return {from: Math.floor(time) + 1, to: Infinity};
}

function below(time: number): Range {
  return {from: -Infinity, to: Math.ceil(time) - 1};
}

function cut(time: number, unit: number): number {
  return unit === 0 ? time : Math.floor(time / unit) * unit;
}
