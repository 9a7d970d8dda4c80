/* Numbers, words and signs; white space only parts them. */
#include "feed/date_token.h"

#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

int date_tokenize(const char *text, int length, struct token tokens[TOKENS])
{
    int count = 0;
    for (int i = 0; i < length;) {
        if (text[i] == ' ' || (text[i] >= '\t' && text[i] <= '\r')) {
            i++;
            continue;
        }
        if (count == TOKENS) {
            return 0;
        }
        struct token *token = &tokens[count++];
        *token = (struct token){TOKEN_SIGN, text + i, 1, 0};
        int start = i++;
        if (is_digit(text[start])) {
            while (i < length && is_digit(text[i])) {
                i++;
            }
            token->kind = TOKEN_NUMBER;
        } else if (is_word(text[start])) {
            while (i < length && is_word(text[i])) {
                i++;
            }
            token->kind = TOKEN_WORD;
        }
        token->length = i - start;
        for (int k = start; token->kind == TOKEN_NUMBER && k < i && k < start + 9; k++) {
            token->value = token->value * 10 + (text[k] - '0');
        }
    }
    return count;
}

bool date_is_sign(const struct token *token, const struct token *end, const char *signs)
{
    return token < end && token->kind == TOKEN_SIGN && strchr(signs, *token->text);
}

bool date_is_number(const struct token *token, const struct token *end, int least,
                    int most)
{
    return token < end && token->kind == TOKEN_NUMBER && token->length >= least &&
           token->length <= most;
}
