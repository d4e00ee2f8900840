/** A time that records can be searched by: what search calls it, and what it is called in a record's attributes. */
export interface SearchTime {
  /** `conversation_updated_at` */
  readonly attribute: string;
  /** `updatedAt` */
  readonly member: string;
}

/** What a context is read along. */
export interface SearchTimes {
  /** Moves whenever the record should be read again. */
  readonly moved: SearchTime;
  /** Never changes: tells records apart that moved at the same instant. */
  readonly created: SearchTime;
}

/**
 * The times of a context by the names that search gives them (docs/kustomer-api.md, Search).
 * @param prefix mostly the context itself
 * @param moved the end of the name of what it is read along
 */
export function searchTimes(prefix: string, moved = 'updated_at'): SearchTimes {
  return {moved: timeOf(prefix, moved), created: timeOf(prefix, 'created_at')};
}

/** How a state names what its cursor counts: not at all for `updatedAt`, which most do. */
export function sortedByOf({moved}: SearchTimes): string | undefined {
  return moved.member === 'updatedAt' ? undefined : moved.attribute;
}

function timeOf(prefix: string, name: string): SearchTime {
  return {
    attribute: `${prefix}_${name}`,
    member: name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
  };
}
