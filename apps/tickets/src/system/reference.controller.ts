import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { Actor } from '@atrium/kernel';
import { CurrentActor, Roles } from '@atrium/http';
import { builtInReference, complaintCommands, roles, type Mall, type Role } from '@atrium/tickets-domain';
import { ApiGuarded } from '../openapi.js';
import { operators } from '../roles.js';

/** What a page needs to know before it shows anything. */
@Controller()
export class ReferenceController {
  @Get('malls')
  @Roles(...roles)
  @ApiOperation({ summary: 'The malls and their time zones', operationId: 'getMalls' })
  @ApiGuarded()
  @ApiResponse({ status: 200, description: 'All malls' })
  malls(): Mall[] {
    return Object.values(builtInReference.malls);
  }

  @Get('me')
  @Roles(...roles)
  @ApiOperation({ summary: 'Who is calling, and what this role may do', operationId: 'getMe' })
  @ApiGuarded()
  @ApiResponse({ status: 200, description: 'The caller' })
  me(@CurrentActor() { id, role }: Actor): { id: string; role: string; commands: string[]; systemActions: string[] } {
    return {
      id,
      role,
      commands: complaintCommands.filter((command) => (command.roles as readonly Role[]).includes(role as Role)).map(({ type }) => type),
      systemActions: operators.includes(role as Role) ? ['rebuild-projection'] : [],
    };
  }
}
