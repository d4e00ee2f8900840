/** What the command was given (config, catalog, state) cannot be used; the message is a sentence for the user. */
export class InputError extends Error {
  constructor(
    message: string,
    readonly detail: string = message,
  ) {
    super(message);
    this.name = 'InputError';
  }
}
