/* The pieces that a written date is made of. Pure. */
#ifndef MOTOGRAPH_FEED_DATE_TOKEN_H
#define MOTOGRAPH_FEED_DATE_TOKEN_H

#include <stdbool.h>

enum { TOKENS = 24 };

enum token_kind { TOKEN_NUMBER, TOKEN_WORD, TOKEN_SIGN };

struct token {
    enum token_kind kind;
    const char *text;
    int length;
    int value; /* of a number */
};

/* Cuts LENGTH bytes of TEXT; returns how many, or 0 if there are more than a date can have. */
int date_tokenize(const char *text, int length, struct token tokens[TOKENS]);

/* Whether TOKEN, which may be END, is one of SIGNS; a number of LEAST to MOST digits. */
bool date_is_sign(const struct token *token, const struct token *end, const char *signs);
bool date_is_number(const struct token *token, const struct token *end, int least,
                    int most);

#endif
