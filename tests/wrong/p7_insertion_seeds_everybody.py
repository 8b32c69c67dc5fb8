"""Seeds the global generator of random."""


# question: p7b
# caught by: test_rate_and_seed
def random_insertion(words, synonyms, p=0.1, protected=(), seed=None):
    random.seed(seed)
    result = list(words)
    for word in words:
        if synonyms.get(word) and word not in protected and random.random() < p:
            result.insert(random.randint(0, len(result)), random.choice(synonyms[word]))
    return result
