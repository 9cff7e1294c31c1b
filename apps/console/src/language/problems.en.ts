/** What the service answers by code, for those at the desk. */
export interface ProblemText {
  readonly title: string;
  readonly text: string;
}

const brokenRequest: ProblemText = { title: 'The request was not understood', text: 'Reload the page and try again. If it happens again, tell your administrator.' };
const notTaken: ProblemText = { title: 'Some entries are not accepted', text: 'Look at the marked fields.' };
const signInAgain: ProblemText = { title: 'Please sign in again', text: 'Your sign-in is not valid any more. What you typed is kept in this tab.' };

export const problemsEn: Readonly<Record<string, ProblemText>> = {
  'view-behind': { title: 'The view is catching up', text: 'Something newer was written than this view has taken in. It usually takes a moment.' },
  'views-apart': { title: 'The views are catching up', text: 'One of them is being brought up to the others. Ask again in a moment.' },
  'views-away': { title: 'Lists are not available', text: 'The read models do not answer. What you send is taken all the same.' },
  'no-answer': { title: 'The service does not answer', text: 'It may be starting or stopped, or the connection is broken.' },
  offline: { title: 'No network', text: 'Nothing was sent. What you typed is kept; send it once you are connected.' },
  unreadable: { title: 'The answer could not be read', text: 'Something between you and the service may have changed it. Try again.' },
  forbidden: { title: 'Not for your role', text: 'Your role may not see or do this.' },
  'role-unknown': { title: 'Your role is not known here', text: 'Your sign-in names no role of Atrium. Ask your administrator.' },
  'role-ambiguous': { title: 'Your role is not clear', text: 'Your sign-in names several roles of Atrium; it must be one. Ask your administrator.' },
  unauthenticated: signInAgain,
  'token-invalid': signInAgain,
  'token-expired': { title: 'Your sign-in has expired', text: 'Sign in again. What you typed is kept in this tab.' },
  'token-keys-away': { title: 'Sign-ins cannot be checked', text: 'The issuer does not answer. Nothing was written; try again in a moment.' },

  'changed-by-others': { title: 'Someone else was quicker', text: 'The case has changed since you began. What you typed is kept.' },
  busy: { title: 'The case is busy', text: 'Others kept changing it at the same moment. Nothing was written; send it again.' },
  'not-possible-now': { title: 'Not possible now', text: 'The state of the case does not allow this any more.' },
  'not-resolved': { title: 'Not resolved yet', text: 'Resolve the case first, or close it with another outcome.' },
  'already-acknowledged': { title: 'The first reply was given already', text: 'Record this message as a follow-up instead.' },
  'reopen-too-late': { title: 'Too late to reopen', text: 'The time for reopening is over. Register a new complaint instead.' },
  'occurred-in-future': { title: 'This time lies in the future', text: 'What you record must have happened already.' },
  'occurred-before-opening': { title: 'Before the case was opened', text: 'It cannot have happened before the complaint was registered.' },
  'occurred-before-last-change': { title: 'Before the last change of the case', text: 'This can only be recorded for a time after the last change of status or promise.' },
  'happened-in-future': { title: 'This time lies in the future', text: 'It cannot have happened after it was complained about.' },
  'promise-before-now': { title: 'This time has passed', text: 'A promise needs a time that lies ahead.' },
  'unknown-policy': { title: 'The policy is not known', text: 'The mall names a policy that is not loaded. Tell your administrator.' },
  'unknown-calendar': { title: 'The calendar is not known', text: 'The mall names a calendar that is not loaded. Tell your administrator.' },
  'unknown-clock': { title: 'No such clock', text: 'The case has no clock of this name.' },
  'unknown-mall': { title: 'The mall is not known', text: 'Choose another one.' },
  'unknown-command': { title: 'The command is not known', text: 'Reload the page: the service may have been renewed.' },
  'no-such-complaint': { title: 'No such case', text: 'There is no complaint of this number.' },
  'person-erased': { title: 'The person has been erased', text: 'Nothing personal can be added to this case any more.' },
  'backdating-forbidden': { title: 'Not for your role', text: 'Your role records as of now and may not give an earlier time.' },
  'backdating-reason-missing': { title: 'The reason is missing', text: 'Say why it is recorded later.' },
  'occurred-at-missing': { title: 'The time is missing', text: 'Say when it happened.' },

  'keys-away': { title: 'Personal data cannot be sealed', text: 'The store of keys does not answer. Nothing was written; send it again in a moment.' },
  'event-store-away': { title: 'The log does not answer', text: 'It may be starting. What was written is safe; what was not can be sent again.' },
  stopping: { title: 'The service is about to stop', text: 'It is being renewed. Try again in a moment.' },
  'outcome-unknown': { title: 'It is not known whether this was written', text: 'Send the same again: it is not done twice.' },
  'too-many-requests': { title: 'Too many requests', text: 'Wait a moment, then send it again.' },
  'too-many-streams': { title: 'Too many open pages', text: 'This page does not follow changes by itself. Close pages you do not need.' },
  'request-timeout': { title: 'Sending took too long', text: 'Nothing was written. Send it again.' },
  internal: { title: 'Something went wrong in the service', text: 'Look at the timeline before you send it again.' },

  'invalid-body': notTaken,
  'invalid-row': notTaken,
  'row-too-large': notTaken,
  'invalid-query': { title: 'These filters are not understood', text: 'Clear the filters and try again.' },
  'invalid-path': { title: 'No such case', text: 'The address is mistyped.' },
  'cursor-invalid': { title: 'This page of the list is gone', text: 'Begin again at the first page.' },
  'too-large': { title: 'Too long', text: 'Shorten the text and send it again.' },
  'uri-too-long': brokenRequest,
  'headers-too-long': brokenRequest,
  'malformed-request': brokenRequest,
  'malformed-address': brokenRequest,
  'malformed-row': brokenRequest,
  'unsupported-media-type': brokenRequest,
  'method-not-allowed': brokenRequest,
  'if-match-invalid': brokenRequest,
  'position-invalid': brokenRequest,
  'position-of-another-log': brokenRequest,
  'idempotency-key-missing': brokenRequest,
  'idempotency-key-invalid': brokenRequest,
  'idempotency-key-reused': { title: 'Sent before with other content', text: 'Look at the timeline: the earlier version may have been recorded. Then send it again.' },
  'not-found': { title: 'Nothing is there', text: 'The service does not know this address. It may be older than this page.' },

  'no-such-projection': { title: 'No such projection', text: 'The service does not have it any more.' },
  'already-rebuilding': { title: 'Already under way', text: 'This projection is being rebuilt already.' },
  'runner-away': { title: 'Nothing follows the log', text: 'No runner is active here at the moment.' },
};
