/** Lists of names, one for each record: the same list again where the names are the same as before, as they mostly are. */
export class Names {
  private list: string[] = [];
  /** How many the record has so far. */
  private count = 0;
  /** Nobody else has the list yet. */
  private isOwn = false;

  /** Begins the list of the next record, whatever became of the one before. */
  begin(): void {
    this.count = 0;
    this.isOwn = false;
  }

  add(name: string): void {
    if (this.list[this.count] !== name) this.own().push(name);
    this.count += 1;
  }

  /** The names of this record; what was given away is never changed. */
  end(): readonly string[] {
    if (this.list.length > this.count) this.own();
    return this.list;
  }

  /** A list that ends where the names of this record do. */
  private own(): string[] {
    if (!this.isOwn) this.list = this.list.slice(0, this.count);
    this.isOwn = true;
    return this.list;
  }
}
