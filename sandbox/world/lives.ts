import type {Row} from './row';

/** When a record was changed since the world began: epoch ms. */
export interface Life {
  /** Its updatedAt when the world began, or when it came. */
  readonly began: number;
  /** Each change since, oldest first. */
  readonly changes: readonly number[];
}

/** When conversations were changed: the work on them follows from that. */
export class Lives {
  private readonly lives = new Map<string, {began: number; changes: number[]}>();

  of({id, updatedAt}: Row): Life {
    return this.lives.get(id) ?? {began: updatedAt, changes: []};
  }

  /** @param old the row before the change @param at epoch ms */
  changed({id, updatedAt}: Row, at: number): void {
    const life = this.lives.get(id) ?? {began: updatedAt, changes: []};
    life.changes.push(at);
    this.lives.set(id, life);
  }
}
