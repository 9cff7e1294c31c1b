import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { Actor } from '@atrium/kernel';
import { CurrentActor, Roles } from '@atrium/http';
import { builtInReference, complaintCommands, roleTitles, type Label, type Mall, type Role } from '@atrium/tickets-domain';
import { commandForms, type CommandForm } from '../complaint/command-forms.js';
import { ApiGuarded } from '../openapi.js';
import { routeRoles } from '../roles.js';

interface Me {
  readonly id: string;
  readonly role: string;
  readonly title: Label;
  /** What every role is called: an actor of another's event is shown by it. */
  readonly roles: Readonly<Record<Role, Label>>;
  readonly commands: readonly string[];
  readonly systemActions: readonly string[];
}

/** What a page needs to know before it shows anything. */
@Controller()
export class ReferenceController {
  @Get('malls')
  @Roles(...routeRoles['GET /malls'])
  @ApiOperation({ summary: 'The malls and their time zones', operationId: 'getMalls' })
  @ApiGuarded()
  @ApiResponse({ status: 200, description: 'All malls' })
  malls(): Mall[] {
    return Object.values(builtInReference.malls);
  }

  @Get('me')
  @Roles(...routeRoles['GET /me'])
  @ApiOperation({ summary: 'Who is calling, and what this role may do', operationId: 'getMe' })
  @ApiGuarded()
  @ApiResponse({ status: 200, description: 'The caller' })
  me(@CurrentActor() { id, role }: Actor): Me {
    return {
      id,
      role,
      title: roleTitles[role as Role],
      roles: roleTitles,
      commands: complaintCommands.filter((command) => (command.roles as readonly Role[]).includes(role as Role)).map(({ type }) => type),
      systemActions: (routeRoles['POST /projections/:name/rebuild'] as readonly string[]).includes(role) ? ['rebuild-projection'] : [],
    };
  }

  @Get('commands')
  @Roles(...routeRoles['GET /commands'])
  @ApiOperation({ summary: 'The commands that this role may send, as forms', description: 'In the order of a case. Each with the JSON Schema of its fields, worded in Chinese (`x-zh`) and English (`title`); `x-labels` words the values of a choice, `x-multiline` marks texts of several lines. `backdating` is null where the role may not give an earlier time.', operationId: 'getCommands' })
  @ApiGuarded()
  @ApiResponse({ status: 200, description: 'The commands' })
  commands(@CurrentActor() { role }: Actor): readonly CommandForm[] {
    return commandForms.get(role) ?? [];
  }
}
