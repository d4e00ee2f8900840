import schema from '../../../resources/schemas/ai_automations.json';
import {readRoles} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {ListStream} from '../list-stream';

export class AiAutomations extends ListStream {
  readonly name = 'ai_automations';
  readonly path = '/v1/ai/automations';
  override readonly isOptional = true;
  readonly roles = [[...readRoles('assistant', 'permission'), ...readRoles('apps', 'user')]];
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about:
      'An AI agent, in its current draft (version 0). `conversations.ai_agent.automation_id` names those that took part.',
    documented: 'the list, its roles and key fields (portal: api/ai)',
    assumed: 'that deleted ones may be missing from the list',
    joins: {machine_user_id: 'users'},
  };
}
