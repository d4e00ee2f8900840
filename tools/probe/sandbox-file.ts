import type {Token} from '../../sandbox/api/settings';
import type {ServerSettings} from '../../sandbox/server/options';
import type {ModelName} from '../../sandbox/world/model';
import type {ObjectName} from '../../sandbox/world/objects';
import type {Finding, SandboxPart} from './finding';

/** What `npm run sandbox -- --like FILE` reads: as far as the findings tell, a sandbox that behaves as the account does. */
export interface SandboxLike {
  readonly settings: Partial<ServerSettings>;
  /** Records per object. */
  readonly sizes: Partial<Record<ObjectName, number>>;
  readonly model?: ModelName;
}

const TOKEN: Token = {token: 'sandbox-token', roles: ['org']};

/** Puts together what the findings tell of a sandbox. */
export function sandboxLike(findings: readonly Finding[]): SandboxLike {
  const parts = findings.flatMap(({sandbox}): readonly SandboxPart[] => (sandbox ? [sandbox] : []));
  const merged = <K extends 'settings' | 'key' | 'pageSizes' | 'sizes'>(
    name: K,
  ): NonNullable<SandboxPart[K]> =>
    Object.assign({}, ...parts.map((part) => part[name])) as NonNullable<SandboxPart[K]>;
  const model = parts.find((part) => part.model)?.model;
  const pageSizes = merged('pageSizes');
  return {
    settings: {
      ...merged('settings'),
      ...(Object.keys(pageSizes).length > 0 && {pageSizes: pageSizes as ServerSettings['pageSizes']}),
      tokens: [{...TOKEN, ...merged('key')}],
      refusals: parts.flatMap(({refusals = []}) => refusals),
    },
    sizes: merged('sizes'),
    ...(model && {model}),
  };
}
