import type { Role } from '@atrium/tickets-domain';

/** Who may read complaints. */
export const readers: readonly Role[] = ['agent', 'shift-lead', 'supervisor', 'mall-management', 'general-manager', 'integration', 'auditor'];

/** Who may read figures and the state of the system. */
export const observers: readonly Role[] = readers;

/** Who may have everything counted, which reads the whole log. */
export const reconcilers: readonly Role[] = ['supervisor', 'mall-management', 'general-manager', 'integration', 'auditor'];

/** Who may rebuild a read model. */
export const operators: readonly Role[] = ['supervisor', 'integration'];
