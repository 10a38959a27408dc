/**
 * Who is there: online while at least one device is connected, else when the last one went. The
 * session service reports each connection that comes or goes; what users see of it is debounced and
 * pushed to those who watch. Any account may watch any account.
 */
package io.skein.presence;
