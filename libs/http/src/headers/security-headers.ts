import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';

/** Sets headers on an answer that has not begun. */
export type Secure = (request: IncomingMessage, response: ServerResponse) => void;

/** A device's abilities that no page here uses, and nothing that gets into one may. */
const UNUSED_ABILITIES = ['accelerometer', 'camera', 'display-capture', 'geolocation', 'gyroscope', 'magnetometer', 'microphone', 'midi', 'payment', 'publickey-credentials-get', 'screen-wake-lock', 'serial', 'usb'];
const PERMISSIONS = UNUSED_ABILITIES.map((ability) => `${ability}=()`).join(', ');

/**
 * The headers of an answer under a Content-Security-Policy; what the policy does not name is as browsers have it.
 * Strict-Transport-Security is for whoever ends TLS before us.
 */
export function secureUnder(policy: Readonly<Record<string, readonly string[]>>): Secure {
  const secure = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: policy },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
    strictTransportSecurity: false,
  });
  return (request, response) => {
    secure(request, response, (error) => {
      if (error) throw error;
    });
    response.setHeader('permissions-policy', PERMISSIONS);
  };
}

/** For answers that are data: a browser that is made to show one as a page may load, run, frame and send nothing. */
export const secureData: Secure = secureUnder({ 'default-src': ["'none'"], 'frame-ancestors': ["'none'"], 'base-uri': ["'none'"], 'form-action': ["'none'"] });
