/** Something to ask, and what to do with the answer. */
export interface Question<A> {
  ask(): Promise<A>;
  take(answer: A): Promise<void>;
}

/**
 * Asks many questions side by side, and takes the answers one after the other, in the order of the questions: so all that was
 * taken is all up to some question, and a question that fails is the last. How many are under way is bounded, from being asked
 * to being taken, so where nobody takes, nothing is asked.
 */
export class InOrder<A> {
  /** Resolves once all questions so far have been asked. */
  private allAsked: Promise<void> = Promise.resolve();
  /** Resolves once all questions so far have been taken. */
  private allTaken: Promise<void> = Promise.resolve();
  /** `allTaken` as of each of the last questions, the oldest first. */
  private readonly underWay: Promise<void>[] = [];

  /** @param mostUnderWay questions that have been asked, and not yet taken, at most */
  constructor(private readonly mostUnderWay: number) {}

  /**
   * Asks these questions behind those of earlier calls.
   * @returns resolves once those of earlier calls have been asked, so that the next are found while these are being asked
   * @throws what a question has thrown
   */
  add(questions: Iterable<Question<A>>): Promise<void> {
    const earlier = this.allAsked;
    this.allAsked = watched(earlier.then(() => this.askAll(questions)));
    return earlier;
  }

  /** Resolves once all have been taken. @throws what the first that failed has thrown, once nothing is taken any more */
  async finish(): Promise<void> {
    await this.allAsked;
    await this.allTaken;
  }

  private async askAll(questions: Iterable<Question<A>>): Promise<void> {
    for (const question of questions) {
      if (this.underWay.length >= this.mostUnderWay) await this.underWay.shift();
      this.allTaken = watched(this.askOne(question, this.allTaken));
      this.underWay.push(this.allTaken);
    }
  }

  private async askOne({ask, take}: Question<A>, before: Promise<void>): Promise<void> {
    const answer = watched(ask());
    await before;
    await take(await answer);
  }
}

/** A promise that may fail before it is awaited. */
function watched<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
