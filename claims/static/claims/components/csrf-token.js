/* The token that the server expects with whatever changes something. The cookie has the newest one, of a login in another tab
   too. */

export const csrfToken = () => document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1];
