import { describeExecute } from './execute.contract.js';
import { describeSubscriptions } from './subscribe.contract.js';

const url = () => process.env.ATRIUM_TEST_EVENT_STORE_URL as string;

describeExecute('the embedded server', url);
describeSubscriptions('the embedded server', url);
