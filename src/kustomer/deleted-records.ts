/** Whether deleted records are asked for in one context of one search: given up there alone, and only when that is proven to help. */
export class DeletedRecords {
  /** The question for them was refused where the same question without it was answered. */
  refused = false;

  constructor(private readonly wanted: boolean) {}

  get asked(): boolean {
    return this.wanted && !this.refused;
  }
}
