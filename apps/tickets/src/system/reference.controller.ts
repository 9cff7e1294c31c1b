import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '@atrium/kernel';
import { CurrentActor, Roles } from '@atrium/http';
import { builtInReference, complaintCommands, roles, roleTitles, type Role } from '@atrium/tickets-domain';
import { commandForms, formsByRole } from '../complaint/command-forms.js';
import { ApiAnswer, ApiGuarded, answerSchema, label, listOf, tags } from '../openapi.js';
import { routeRoles } from '../roles.js';

const malls = answerSchema('Malls', listOf(z.strictObject({
  id: z.string(),
  name: label,
  timeZone: z.string().meta({ description: 'IANA name; times of the mall are shown in it', examples: ['Asia/Shanghai'] }),
  currency: z.string().meta({ description: 'ISO 4217; what a form assumes for an amount', examples: ['CNY'] }),
  policyVersion: z.string().meta({ description: 'Under which new cases start' }),
  calendarVersion: z.string().meta({ description: 'Under which new cases start' }),
})));

const me = answerSchema('Me', z.strictObject({
  id: z.string().meta({ description: 'The subject of the token' }),
  role: z.enum(roles),
  title: label.meta({ description: 'What the role is called' }),
  roles: z.record(z.enum(roles), label).meta({ description: 'What every role is called: actors of events are shown by it' }),
  commands: listOf(z.string()).meta({ description: 'The commands that this role may send' }),
  systemActions: listOf(z.enum(['rebuild-projection'])),
}));

/** What a page needs to know before it shows anything. */
@Controller()
@ApiTags(tags.caller.name)
export class ReferenceController {
  @Get('malls')
  @Roles(...routeRoles['GET /malls'])
  @ApiOperation({ summary: 'The malls and their time zones', operationId: 'getMalls' })
  @ApiGuarded()
  @ApiAnswer(200, malls, 'All malls')
  malls(): z.output<typeof malls> {
    return Object.values(builtInReference.malls);
  }

  @Get('me')
  @Roles(...routeRoles['GET /me'])
  @ApiOperation({ summary: 'Who is calling, and what this role may do', operationId: 'getMe' })
  @ApiGuarded()
  @ApiAnswer(200, me, 'The caller')
  me(@CurrentActor() { id, role: carried }: Actor): z.output<typeof me> {
    const role = carried as Role;
    return {
      id,
      role,
      title: roleTitles[role],
      roles: roleTitles,
      commands: complaintCommands.filter((command) => (command.roles as readonly Role[]).includes(role)).map(({ type }) => type),
      systemActions: (routeRoles['POST /projections/:name/rebuild'] as readonly string[]).includes(role) ? ['rebuild-projection'] : [],
    };
  }

  @Get('commands')
  @Roles(...routeRoles['GET /commands'])
  @ApiOperation({ summary: 'The commands that this role may send, as forms', description: 'In the order of a case. Each with the JSON Schema of its fields, worded in Chinese (`x-zh`) and English (`title`); `x-labels` words the values of a choice, `x-multiline` marks texts of several lines. `backdating` is null where the role may not give an earlier time.', operationId: 'getCommands' })
  @ApiGuarded()
  @ApiAnswer(200, commandForms, 'The commands')
  commands(@CurrentActor() { role }: Actor): z.output<typeof commandForms> {
    return formsByRole.get(role) ?? [];
  }
}
