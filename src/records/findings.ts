import type {RecordChange} from '../airbyte/messages';
import {claimName, labelOf} from './key-map';
import {print} from './print';

/** Why a value became null (docs/airbyte-protocol.md, Read: the messages of a stream). */
export const UNFIT = 'SOURCE_SERIALIZATION_ERROR';
/** A mask is no error, but a null that nothing told from an empty value would be one; of the protocol's reasons this is the nearest. */
const MASKED = 'SOURCE_RETRIEVAL_ERROR';

/** What is found in one record on the way to its row, and what of it no column takes. */
export class Findings {
  /** The names and positions that lead to the value that is being cast: `emails`, 0, `verified_at`. */
  readonly trail: (string | number)[] = [];
  /** Attributes, relationships and members of the record that no column takes, by Kustomer's names. */
  readonly undeclared: string[] = [];
  /** Paths of masks, without positions. */
  readonly masked = new Set<string>();
  /** What is told of the record besides its data: each path once. */
  readonly changes: RecordChange[] = [];
  private readonly nulled = new Set<string>();
  /** The names under which something is kept. */
  readonly kept = new Set<string>();
  private text = '';

  /** Keeps a value that becomes null, under its path. @param isMask it was no value, but a sign that one is not shown */
  addNulled(value: unknown, isMask: boolean): void {
    const path = this.trail.filter((step) => typeof step === 'string').join('.');
    if (isMask) this.masked.add(path);
    const reason = isMask ? MASKED : UNFIT;
    if (!this.nulled.has(reason + path)) this.changes.push({field: path, change: 'NULLED', reason});
    this.nulled.add(reason + path);
    this.keep(this.trail.join('.'), value);
  }

  /** Keeps a value as it was sent, under `key`, or `<key>__2`, … where that is taken. */
  keep(key: string, value: unknown): void {
    const name = claimName(this.kept, key.toWellFormed());
    this.text += (this.text === '' ? '{' : ',') + labelOf(name) + print(value);
  }

  /** All that was kept, as JSON text; undefined if nothing was. */
  get rest(): string | undefined {
    return this.text === '' ? undefined : `${this.text}}`;
  }
}
