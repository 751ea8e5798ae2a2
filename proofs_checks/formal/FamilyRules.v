(* What a claim about all matrices of a class means, when it is accepted, and the theorem that it is true then. *)
From Exactdyn Require Export CasesSound.
Import ListNotations.
Open Scope Q_scope.

Definition layers_goal (N : nat) (ties : bool) (a : aim) : goal := {| g_description := nothing_said N; g_ties := ties; g_aim := a |}.
Definition listed_itineraries (f : family) (N : nat) (ties : bool) (t : tree) : list (list (list (list bool))) :=
  let g := layers_goal N ties Itinerary in itineraries_at f g t (root f g).         (* those at the leaves with a member *)
Definition means_family (f : family) (c : family_claim) : Prop :=
  match c with
  | Unrealised g _ => forall x, admits (f_class f) (member f x) -> ~ as_described (member f x) g
  | Realised g _ => exists x, admits (f_class f) (member f x) /\ as_described (member f x) g
  | Itineraries N ties _ t =>
      (forall x, admits (f_class f) (member f x) -> (ties = false -> no_avoidable_ties f x N) ->
         exists it, In it (listed_itineraries f N ties t) /\ has_itinerary (member f x) N it) /\
      (forall it, In it (listed_itineraries f N ties t) -> exists x, admits (f_class f) (member f x) /\ has_itinerary (member f x) N it)
  | AllByLemma e => forall x, admits (f_class f) (member f x) -> statement e (member f x) None
  | AllOnLayers e N ties _ _ =>
      forall x, admits (f_class f) (member f x) -> (ties = false -> no_avoidable_ties f x N) -> statement e (member f x) (Some N)
  end.

Definition realised_b (f : family) (g : description) (ls : list layer) : bool :=
  let n := length (f_tokens f) in let N := last_layer g in let leading := leads n (layer_at ls N) in
  Nat.ltb N (length ls) &&
  below (S N) (fun k => below n (fun i => match given g k i with
    | Some own => below n (fun j => Bool.eqb (follows (layer_at ls k) i j) (nth j own false)) | None => true end)) &&
  (negb (d_only g) || below n (fun i => implb (leading i) (match given g N i with Some _ => true | None => false end))) &&
  Nat.leb (d_leaders g) (length (filter leading (seq 0 n))).
(* a tie of all that the class admits is one of base and span *)
Definition differs_at (m p : nat) (x y : list Q) : bool := below m (fun q => Bool.eqb (Nat.eqb q p) (negb (Qeq_bool (nth q x 0) (nth q y 0)))).
Definition unit_at (p : nat) : nat -> Q := fun q => if Nat.eqb q p then 1 else 0.
Definition spanned_b (f : family) (members : list member_data) : bool :=
  let m := length (f_span f) in
  match f_class f with
  | General => true
  | SymmetricOnly => below (S m) (fun p => symmetric_b (member_lists f (unit_at p)))
  | Signed _ _ _ =>
      match members with
      | [] => false
      | first :: rest => member_b f first && Nat.eqb (length rest) m &&
          below m (fun p => let other := nth p rest first in member_b f other && differs_at m p (m_at other) (m_at first))
      end
  end.
Definition check_family (f : family) (c : family_claim) : bool :=
  match c with
  | Unrealised g t => closed_b f {| g_description := g; g_ties := true; g_aim := Nobody |} t
  | Realised g m => let goal := {| g_description := g; g_ties := true; g_aim := Nobody |} in
      family_wellformed f goal && member_b f m && realised_b f g (run_of f goal m)
  | Itineraries N ties members t => (ties || spanned_b f members) && closed_b f (layers_goal N ties Itinerary) t
  | AllByLemma e => by_lemma e (f_class f) && step_allows e (f_alpha f) (family_tau f)
  | AllOnLayers e N ties members t => (ties || spanned_b f members) && closed_b f (layers_goal N ties (Statement e)) t
  end.

(* -- why -- *)
Lemma admits_loose f x c : admits c (member f x) -> admits c (loose f x).
Proof.
  assert (Es : forall u v, same (loose f x) u v <-> same (member f x) u v).
  { intros u v. split; intros H r Hr; apply H; revert Hr; unfold member; rewrite dim_S; auto. }
  assert (Sy : symmetric (member f x) -> symmetric (loose f x)).
  { intros H i j Hi Hj. change (dim (loose f x)) with (length (f_base f)) in *.
    assert (Ei := H i j). unfold member in Ei. rewrite dim_S in Ei. specialize (Ei Hi Hj). cbn [A system_of] in Ei. rewrite !mem_entry in Ei by assumption. exact Ei. }
  destruct c as [| |negative strict part]; cbn [admits]; [tauto|exact Sy|]. intros [H1 H2]. split; [intros E; apply Sy, H1, E|].
  destruct strict.
  - intros u Hu. rewrite <- form_S. apply H2. intros K. apply Hu, Es, K.
  - intros u. rewrite <- form_S. apply H2.
Qed.
Lemma definite_ok f x lower diagonal : definite_b f x lower diagonal = true -> admits (f_class f) (member f (vec x)).
Proof.
  unfold definite_b. cbv zeta. destruct (f_class f) as [| |negative strict part]; cbn [admits]; [tauto|apply symmetric_b_ok|].
  intros H. apply andb_true_iff in H. destruct H as [H1 H2]. split.
  - intros ->. apply symmetric_b_ok. exact H1.
  - apply (factorisation_b_ok _ strict) in H2. unfold sign. fold (member f (vec x)) in *. destruct negative.
    + assert (Es : forall u, ~ same (member f (vec x)) u (fun _ => 0) -> ~ same (system_of (negated (member_lists f (vec x)))) u (fun _ => 0)).
      { intros u Hu K. apply Hu. intros r Hr. apply K. cbn [dim system_of negated listed_A member]. rewrite map_length. exact Hr. }
      destruct strict; intros u; [intros Hu; specialize (H2 u (Es u Hu))|specialize (H2 u)]; rewrite negated_form in H2; fold (member f (vec x)) in H2; lra.
    + destruct strict; intros u; [intros Hu; specialize (H2 u Hu)|specialize (H2 u)]; unfold member in *; lra.
Qed.
Lemma member_ok f m : member_b f m = true -> admits (f_class f) (member f (vec (m_at m))).
Proof. unfold member_b. intros H. apply andb_true_iff in H. destruct H as [_ H]. exact (definite_ok f _ _ _ H). Qed.

(* FORMAT.md, lemma spanned *)
Lemma spanned f members z w w' : spanned_b f members = true ->
  (forall y, admits (f_class f) (member f y) -> form (member f y) z w == form (member f y) z w') ->
  forall B, In B (f_base f :: f_span f) -> total (length (f_base f)) B z w == total (length (f_base f)) B z w'.
Proof.
  intros H Hall. set (d := length (f_base f)) in *. set (m := length (f_span f)).
  set (G := fun B => total d B z w - total d B z w').
  assert (E : forall y, admits (f_class f) (member f y) -> G (f_base f) + sum m (fun p => y p * G (nth p (f_span f) [])) == 0).
  { intros y Hy. specialize (Hall y Hy). unfold member in Hall. rewrite !form_S, !member_form in Hall. fold d m in Hall.
    rewrite (sum_ext m _ (fun p => y p * total d (nth p (f_span f) []) z w - y p * total d (nth p (f_span f) []) z w')) by (intros; unfold G; ring).
    rewrite sum_minus. unfold G. lra. }
  assert (Fin : (forall p, (p < m)%nat -> G (nth p (f_span f) []) == 0) -> (exists y, admits (f_class f) (member f y)) ->
                forall B, In B (f_base f :: f_span f) -> total d B z w == total d B z w').
  { intros Hp [y Hy] B HB. assert (G B == 0); [|unfold G in *; lra]. destruct HB as [<-|HB].
    - specialize (E y Hy). rewrite (sum_0 m) in E by (intros p Hp'; rewrite (Hp p Hp'); ring). lra.
    - apply (In_nth _ _ []) in HB. destruct HB as [p [Hp' <-]]. apply Hp, Hp'. }
  assert (Units : (forall p, (p <= m)%nat -> admits (f_class f) (member f (unit_at p))) -> forall B, In B (f_base f :: f_span f) -> total d B z w == total d B z w').
  { intros Hu. apply Fin; [|exists (unit_at m); apply Hu; lia].
    assert (E0 : G (f_base f) == 0).
    { specialize (E (unit_at m) (Hu m (Nat.le_refl _))). rewrite (sum_0 m) in E; [lra|]. intros p Hp. unfold unit_at.
      replace (Nat.eqb p m) with false by (symmetry; apply Nat.eqb_neq; lia). ring. }
    intros p Hp. specialize (E (unit_at p) (Hu p ltac:(lia))). rewrite (sum_single m _ p Hp) in E.
    - unfold unit_at in E. rewrite Nat.eqb_refl in E. lra.
    - intros q _ Hq. unfold unit_at. apply Nat.eqb_neq in Hq. rewrite Hq. ring. }
  unfold spanned_b in H. cbv zeta in H. fold m in H. destruct (f_class f) as [| |negative strict part] eqn:Ec.
  - apply Units. intros p _. exact I.
  - apply Units. intros p Hp. rewrite below_ok in H. apply symmetric_b_ok, H. lia.
  - destruct members as [|first rest]; [discriminate|]. apply andb_true_iff in H. destruct H as [H Hr]. apply andb_true_iff in H. destruct H as [H0 Hlen].
    rewrite below_ok in Hr. apply member_ok in H0. rewrite Ec in H0. apply Fin; [|exists (vec (m_at first)); exact H0].
    intros p Hp. specialize (Hr p Hp). apply andb_true_iff in Hr. destruct Hr as [H1 H2]. apply member_ok in H1. rewrite Ec in H1.
    set (other := nth p rest first) in *. pose proof (E _ H0) as E0. pose proof (E _ H1) as E1.
    unfold differs_at in H2. rewrite below_ok in H2.
    assert (D : sum m (fun q => (vec (m_at other) q - vec (m_at first) q) * G (nth q (f_span f) [])) == 0).
    { rewrite (sum_ext m _ (fun q => vec (m_at other) q * G (nth q (f_span f) []) - vec (m_at first) q * G (nth q (f_span f) []))) by (intros; ring).
      rewrite sum_minus. lra. }
    rewrite (sum_single m _ p Hp) in D.
    + apply Qmult_integral in D. destruct D as [D|D]; [|exact D]. exfalso. specialize (H2 p Hp). rewrite Nat.eqb_refl in H2. apply Bool.eqb_prop in H2.
      symmetry in H2. apply negb_true_iff in H2. rewrite <- not_true_iff_false in H2. apply H2. apply Qeq_bool_iff. unfold vec in D. lra.
    + intros q Hq Hne. specialize (H2 q Hq). apply Nat.eqb_neq in Hne. rewrite Hne in H2. apply Bool.eqb_prop in H2. symmetry in H2.
      apply negb_false_iff, Qeq_bool_iff in H2. unfold vec. rewrite H2. ring.
Qed.

Lemma last_nothing N : last_layer (nothing_said N) = N.
Proof. unfold last_layer, nothing_said. cbn [d_sets]. rewrite repeat_length. reflexivity. Qed.
Lemma nothing_given N k i : given (nothing_said N) k i = None.
Proof.
  unfold given, nothing_said. cbn [d_sets]. assert (E : nth k (repeat (@nil (option (list bool))) (S N)) [] = []) by apply nth_repeat.
  rewrite E. destruct i; reflexivity.
Qed.
Lemma nothing_described s N : as_described s (nothing_said N).
Proof.
  split; [intros k i own _ _ H; rewrite nothing_given in H; discriminate|]. split; [discriminate|].
  exists []. split; [reflexivity|]. split; [constructor|contradiction].
Qed.
Lemma root_grown f g x : grown f g x (root f g).
Proof. intros _ k i Hk Hi. simpl in Hk. change (now (root f g)) with 0%nat in Hk. lia. Qed.

Lemma closed_ok f g t x : closed_b f g t = true -> admits (f_class f) (member f x) -> as_described (member f x) (g_description g) ->
  (g_ties g = false -> forall k i a b, (k <= last_layer (g_description g))%nat -> (i < length (f_tokens f))%nat -> (a < length (f_tokens f))%nat -> (b < length (f_tokens f))%nat ->
     attends (member f x) (run (member f x) k) i a -> attends (member f x) (run (member f x) k) i b -> unavoidable f x k i a b) ->
  outcome f g x t (root f g).
Proof.
  intros H Ha Hd Ht. unfold closed_b in H. apply andb_true_iff in H. destruct H as [Hwf H].
  apply (tree_ok f g x Hwf (admits_loose f x _ Ha) Hd Ht t (root f g)); [|apply root_grown|exact H].
  apply root_ok; assumption.
Qed.
Lemma ties_ok f members x N : spanned_b f members = true -> no_avoidable_ties f x N ->
  forall k i a b, (k <= N)%nat -> (i < length (f_tokens f))%nat -> (a < length (f_tokens f))%nat -> (b < length (f_tokens f))%nat ->
     attends (member f x) (run (member f x) k) i a -> attends (member f x) (run (member f x) k) i b -> unavoidable f x k i a b.
Proof.
  intros Hs Hn k i a b Hk Hi _ _ Ha Hb B HB. apply (spanned f members); [exact Hs| |exact HB].
  intros y Hy. exact (Hn k i a b Hk Hi Ha Hb y Hy).
Qed.

(* all the way to layer N, where nothing is described beforehand *)
Lemma layers_ok f members N ties aim t x : ties || spanned_b f members = true -> closed_b f (layers_goal N ties aim) t = true ->
  admits (f_class f) (member f x) -> (ties = false -> no_avoidable_ties f x N) -> outcome f (layers_goal N ties aim) x t (root f (layers_goal N ties aim)).
Proof.
  intros Hs H Hx Hn. apply closed_ok; [exact H|exact Hx|apply nothing_described|]. cbn [g_ties layers_goal g_description]. rewrite last_nothing. intros ->.
  exact (ties_ok f members x N Hs (Hn eq_refl)).
Qed.

(* every itinerary at a leaf is that of its member *)
Lemma leaf_ok f g t it : family_wellformed f g = true -> forall p, check_tree f g t p = true -> In it (itineraries_at f g t p) ->
  exists x, admits (f_class f) (member f x) /\ has_itinerary (member f x) (last_layer (g_description g)) it.
Proof.
  intros Hwf. induction t as [i ts IH|c|ls t IH|c|m|] using tree_rect'; intros p H Hin; cbn [check_tree itineraries_at] in *; try contradiction.
  - apply andb_true_iff in H. destruct H as [_ H]. destruct (split f g (arrived f g p) i) as [paths|]; [|discriminate].
    revert paths H Hin. induction IH as [|t' ts' Ht _ IHts]; intros paths H Hin; destruct paths as [|q paths]; try contradiction; try discriminate.
    apply andb_true_iff in H. destruct H as [H1 H2]. apply in_app_or in Hin. destruct Hin as [Hin|Hin]; [exact (Ht q H1 Hin)|exact (IHts paths H2 Hin)].
  - destruct Hin as [<-|[]]. unfold listed_b in H. destruct (g_aim g); try discriminate. rewrite !andb_true_iff in H. destruct H as [[[_ _] Hm] Hs].
    exists (vec (m_at m)). split; [apply member_ok, Hm|]. unfold same_sets in Hs. destruct (list_eq_dec _ _ _) as [E|] in Hs; [|discriminate]. rewrite <- E.
    intros k i j Hk Hi Hj. unfold run_of. set (ls := build (member_lists f (vec (m_at m))) (last_layer (g_description g))).
    assert (Hl : (k < length ls)%nat) by (unfold ls; rewrite build_length; lia).
    rewrite (nth_map l_att ls k no_layer []) by assumption.
    assert (G : good (member f (vec (m_at m))) (nth k ls no_layer) k).
    { apply (build_good (member_lists f (vec (m_at m))) (last_layer (g_description g)) (wf_S f g (vec (m_at m)) Hwf)). apply nth_error_nth'. exact Hl. }
    rewrite <- attends_spec by assumption. rewrite (good_att _ _ _ G i j Hi Hj). reflexivity.
Qed.

(* FORMAT.md, lemma cases *)
Theorem check_family_sound f c : check_family f c = true -> means_family f c.
Proof.
  destruct c as [g t|g m|N ties members t|e|e N ties members t]; cbn [check_family means_family]; intros H.
  - intros x Hx Hd. exact (closed_ok f _ t x H Hx Hd ltac:(discriminate)).
  - cbv zeta in H. rewrite !andb_true_iff in H. destruct H as [[Hwf Hm] H]. exists (vec (m_at m)). split; [apply member_ok, Hm|].
    unfold realised_b, run_of in H. cbn [g_description] in H. cbv zeta in H. set (s := member f (vec (m_at m))).
    set (ls := build (member_lists f (vec (m_at m))) (last_layer g)) in *. rewrite !andb_true_iff in H. destruct H as [[[Hl Hsets] Honly] Hlead].
    apply Nat.ltb_lt in Hl. rewrite below_ok in Hsets.
    assert (G : forall k, (k <= last_layer g)%nat -> good s (layer_at ls k) k).
    { intros k Hk. apply (build_good (member_lists f (vec (m_at m))) (last_layer g) (wf_S f _ (vec (m_at m)) Hwf)). unfold layer_at. apply nth_error_nth'. fold ls. lia. }
    assert (Lead : forall i, (i < length (f_tokens f))%nat -> (leads (length (f_tokens f)) (layer_at ls (last_layer g)) i = true <-> leader s (last_layer g) i)).
    { intros i Hi. apply (leads_ok s); [apply G; lia|exact Hi]. }
    split; [|split].
    + intros k i own Hk Hi Ho j Hj. specialize (Hsets k ltac:(lia)). rewrite below_ok in Hsets. specialize (Hsets i Hi). rewrite Ho, below_ok in Hsets.
      specialize (Hsets j Hj). apply Bool.eqb_prop in Hsets. rewrite <- Hsets, (follows_ok s _ _ i j (G k Hk) Hi Hj). symmetry. apply attends_spec, Hj.
    + intros Ho i Hi Hle. rewrite Ho in Honly. cbn [negb orb] in Honly. rewrite below_ok in Honly. specialize (Honly i Hi).
      rewrite (proj2 (Lead i Hi) Hle) in Honly. cbn [implb] in Honly. destruct (given g (last_layer g) i); discriminate.
    + apply Nat.leb_le in Hlead. set (all := filter (leads (length (f_tokens f)) (layer_at ls (last_layer g))) (seq 0 (length (f_tokens f)))) in *.
      exists (firstn (d_leaders g) all). split; [apply firstn_length_le, Hlead|].
      assert (Nd : NoDup all) by (apply NoDup_filter, seq_NoDup).
      split.
      * rewrite <- (firstn_skipn (d_leaders g) all) in Nd. clear - Nd. induction (firstn (d_leaders g) all) as [|a l IH]; [constructor|].
        simpl in Nd. inversion Nd; subst. constructor; [intros K; apply H1, in_or_app; left; exact K|apply IH; assumption].
      * intros i Hi. assert (Hin : In i all) by (rewrite <- (firstn_skipn (d_leaders g) all); apply in_or_app; left; exact Hi).
        apply filter_In in Hin. destruct Hin as [Hin Hle]. apply in_seq in Hin. split; [exact (proj2 Hin)|]. apply Lead; [lia|exact Hle].
  - apply andb_true_iff in H. destruct H as [Hs H]. split.
    + intros x Hx Hn. pose proof (layers_ok f members N ties Itinerary t x Hs H Hx Hn) as O.
      unfold outcome in O. cbn [g_aim layers_goal g_description] in O. rewrite last_nothing in O. exact O.
    + intros it Hin. unfold closed_b in H. apply andb_true_iff in H. destruct H as [Hwf H].
      destruct (leaf_ok f _ t it Hwf _ H Hin) as [x [A B]]. cbn [g_description layers_goal] in B. rewrite last_nothing in B. exists x. auto.
  - apply andb_true_iff in H. destruct H as [H1 H2]. intros x Hx.
    apply (by_lemma_ok e (f_class f) (member f x) (family_tau f) H1); [unfold family_tau, tau; rewrite Qred_correct; reflexivity|exact H2|exact Hx].
  - apply andb_true_iff in H. destruct H as [Hs H]. intros x Hx Hn.
    pose proof (layers_ok f members N ties (Statement e) t x Hs H Hx Hn) as O.
    unfold outcome in O. cbn [g_aim layers_goal g_description] in O. rewrite last_nothing in O. exact O.
Qed.
